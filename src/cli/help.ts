/**
 * What `mpcvd --help` says: the commands in the order in which `main.ts` has them, then every option.
 *
 * @module
 */

/** The text. */
export const help = `mpcvd: the multi-party coordinated vulnerability disclosure (MPCVD) protocol

usage: mpcvd COMMAND [ARGUMENT…] [OPTION…]

  check FILE…       replay case logs (JSON lines; - is standard input), and say what is
                    not as the protocol has it: refused sends, unexpected messages, wrong
                    and missing replies, effects before their causes; with --level, hold
                    them against every requirement up to that level
  conform -- COMMAND [ARGUMENT…]
                    how far a program that speaks the line protocol (see step) conforms:
                    asks it the vectors, level by level
  vectors DIR       copies the conformance vectors into a folder
  requirements [ID…]
                    the requirements: all, those of a level, or all about some of them
  evidence FILE…    what a case log shows of the clauses of a standard: what is there, what
                    is missing, what came late, what no message can show
  case FILE…        one case from the logs of its participants: everybody's state side by
                    side and together, what is settled and whom the rest waits for, who may
                    publish, who owes what, what is wrong
  deadlines FILE…   who owes what by when, under disclosure policies
  timeline FILE…    the course of a case: lines, a Mermaid sequence diagram, or an SVG
  score FILE…       in which order things happened in published timelines (CVE records, sentences
                    with dates, case logs), as far as their dates say: how far beyond luck
                    that is at least and at most, and what is odd about them
  histories [PREFIX|STATE]
                    the 70 orders in which the events of a case can come, those that begin
                    so, or what may become of a case in a state
  next FILE…        what a participant of a case (--as) could do next: what is due, asked for,
                    allowed, advised against and forbidden, why, and what it would do
  advise STATE      what a case state says: embargo, SSVC, CVSS, zero days, and what those
                    who work on the case could do; (A,N,Vfdpxa), Vfdpxa, pxa or V..P..
  convert FILE…     from the formats of other tools to case logs and back (--from, --to):
                    what an advisory, an issue or a record means for a case, and what it
                    leaves open; several files are snapshots of one record, in their order
  bridges [NAME]    the formats that convert reads and writes; the rows of one
  map FILE          a status map for any tracker (JSON), held against the moves that the
                    protocol permits
  simulate          a case played by chance (--seed, --roles, --steps), as a case log
  verify            the protocol itself: explores all runs of a few participants (--roles),
                    and says what holds, or gives the shortest run that breaks it
  permitted STATE   what a participant in a state, such as '(A,N,Vfdpxa)', may send and do
  explain NAME      a rule (FT:110, sent.RS), an erratum (D-RM-01, M-01, A-01), a
                    requirement (VP-03-001) or a message type (RS)
  diagram MACHINE   rm, em, cs or consent as a Mermaid state diagram
  step              the line protocol: one JSON object a line in on standard input,
                    { id, protocol?, state, message | local }, one a line out, in order;
                    also words, values to read, logs to check and cases to put together

  --protocol NAME   adopted (the default, or what the log says) or published; for conform
                    also both
  --level LEVEL     for check: L1 words and machines, L2 steps, L3 the conduct of each, L4
                    the dealings of all; for conform and requirements: those alone, for
                    conform several, separated by commas
  --as PARTICIPANT  for check --level: whose conduct is asked for; for next: who asks; for
                    convert from activitystreams: who received them
  --roles ROLES     for permitted: finder, reporter, vendor, coordinator, deployer, observer,
                    separated by commas; guessed from the shape of the state when absent;
                    for verify the participants, each with its roles joined by +, and where
                    it starts after @: reporter,vendor+deployer,vendor@(A,N,VFdpxa);
                    for simulate the same without @; for advise whom the advice is for;
                    for map whose tracker it is
  --policy NAME     for deadlines: the id of a policy that is built in, or a file NAME.json;
                    may be given several times; all that are built in when absent
  --at MOMENT       for case, deadlines, next and score: the time to ask about; for convert when
                    the source was read; now when absent
  --format FORMAT   for timeline: text (the default), mermaid or svg; for evidence: text,
                    json, markdown or html; for conform: text, json or junit
  --from FORMAT     for convert: log, one of those that bridges lists, or a status map NAME.json
  --to FORMAT       for convert: log, activitystreams, icalendar, cve-timeline, csaf or csaf-2.1
  --into LOG        for convert: a case log to which it is added
  --case ID         for convert: the case of a new log; the name of the file when absent
  --parties PART=PARTICIPANT,…
                    for convert: who is the reporter, vendor, coordinator, deployer towards
                    the source; in a new log, who is in the case
  --answer QUESTION=ANSWER
                    for convert: decides what a source leaves open; may be given several times
  --vulnerability ID
                    for convert: which one, where a document is about several
  --publisher CATEGORY,NAME,NAMESPACE
                    for convert to csaf: who publishes it
  --address PARTICIPANT=URI
                    for convert to icalendar: a calendar address; may be given several times
  --standard NAME   for evidence: iso-30111 (the default), iso-29147, iso-tr-5895 or cra-14
  --of PARTICIPANT  for evidence: whose evidence; every vendor's when absent
  --within NAME=DURATION
                    for evidence: a term that the participant has set itself, such as
                    acknowledge=P7D; may be given several times
  --sample N        for conform: ask about one question of N
  --timeout SECONDS for conform: how long an answer may take (10)
  --vectors DIR     for conform: other vectors than those of the package
  --seed TEXT       for conform: repeat the order of an earlier run; for simulate: which case
                    is played (1)
  --force           for vectors: replace files that differ
  --channel KIND    for verify: fifo:2 (the default), reordering:2, fifo+losing:1,
                    fifo+duplicating:1; the number is how much a channel holds
  --property NAME   for verify: one of its properties; may be given several times
  --about TOPICS    for verify: what participants do of their own accord: rm, em, path,
                    public; all of them when absent
  --steps N         for verify: how many such steps, all together (3 with two participants,
                    2 with more), or all: without limit; for simulate after how many
                    entries nothing new is begun (200)
  --repeats N       for verify: how many of them may change nothing of their sender's own
  --local           for verify: silent steps and what is learned by other ways as well
  --no-acknowledgements
                    for verify: acknowledgements are not sent
  --no-reductions   for verify: every state is visited
  --memory MIB      for verify: the memory that states may take (1024)
  --promela         for verify: the same model for SPIN
  --ledger ORDER    for verify: participants keep case ledgers, in causal or manager order;
                    they agree whenever all has arrived, or the shortest run is given
  --decision RULE   for verify --ledger: first (the default), unanimous or owner
  --out DIR         for verify: write each shortest run as a case log and as charts
  --svg FILE        for score: a chart of the ranges, as SVG
  --json            results as JSON
  --help            this text
  --version         the version

exit codes: 0 clean, 1 findings, 2 something could not be read or understood`
