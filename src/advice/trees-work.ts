/**
 * The published trees of work on a report (BT-11 to BT-25).
 *
 * Nodes, order and labels are those of the drawings; what a label means is in `leaves.ts`, which also sets right what is drawn
 * wrongly. Nodes that a drawing lacks are `added`, with their erratum. Source: docs/topics/behavior_logic/ in CERTCC/Vultron.
 *
 * @module
 */
import { action, added, cond, fallback, loop, parallel, sequence, type PublishedTree } from './drawing.js'

/** The published trees of work on a report (BT-11 to BT-25). */
export const workTrees = [
  {
    id: 'BT-11', name: 'Report Management', source: 'rm_bt.md:27',
    root: fallback(
      cond('RM in C?'),
      sequence(cond('RM in R?'), action('validate')),
      sequence(cond('RM in I?'), fallback(action('close'), action('validate'))),
      sequence(cond('RM in V?'), action('prioritize')),
      sequence(cond('RM in D?'), fallback(action('close'), action('prioritize'))),
      sequence(cond('RM in A?'), fallback(action('close'), sequence(action('prioritize'), added('D-BT-04', cond('RM in A?')), action('do work')))),
      added('D-BT-03', cond('RM in S?')),
    ),
  },
  {
    id: 'BT-12', name: 'Report Validation', source: 'rm_validation_bt.md:20',
    root: fallback(
      cond('RM in V?'),
      sequence(cond('RM in I?'), fallback(cond('enough info?'), sequence(action('gather info'), action('no new info')))),
      sequence(cond('RM in R or I?'), action('evaluate credibility'), action('evaluate validity'), action('RM → V (emit RV)')),
      action('RM → I (emit RI)'),
    ),
  },
  {
    id: 'BT-13', name: 'Report Prioritization', source: 'rm_prioritization_bt.md:25',
    root: fallback(
      sequence(cond('RM in D or A?'), fallback(cond('enough info?'), sequence(action('gather info'), action('no new info')))),
      sequence(
        cond('RM in V, D, or A?'),
        action('evaluate priority'),
        cond('priority is not defer?'),
        fallback(cond('RM in A?'), sequence(action('accept'), action('RM → A (emit RA)'))),
      ),
      fallback(cond('RM in D?'), sequence(action('defer'), action('RM → D (emit RD)'))),
    ),
  },
  {
    id: 'BT-14', name: 'Report Closure', source: 'rm_closure_bt.md:24',
    root: fallback(cond('RM in C?'), sequence(cond('close criteria met?'), action('close report'), action('RM → C (emit RC)'))),
  },
  {
    id: 'BT-15', name: 'Do Work', source: 'do_work_bt.md:25',
    root: parallel('m',
      action('deployment'),
      action('develop fix'),
      action('report to others'),
      action('publication'),
      action('monitor threats'),
      action('assign CVE ID'),
      action('acquire exploit'),
      action('other work'),
    ),
  },
  {
    id: 'BT-16', name: 'Deployment', source: 'deployment_bt.md:20',
    root: fallback(
      cond('CS in D?'),
      sequence(cond('RM in D'), cond('no new info?')),
      sequence(
        cond('role is deployer?'),
        fallback(
          cond('RM in D or A?'),
          sequence(action('prioritize deployment'), cond('priority not deferred?'), action('RM → A (emit RA)')),
          action('RM → D (emit RD)'),
        ),
        fallback(
          cond('RM in D?'),
          cond('CS in VFD...?'),
          sequence(
            fallback(cond('role is vendor?'), cond('CS in ..dP..?')),
            cond('CS in VFd...?'),
            action('deploy fix'),
            action('CS ..d... → ..D... (emit CD)'),
          ),
          cond('mitigations deployed?'),
          sequence(cond('mitigations available?'), cond('deploy mitigation')),
        ),
      ),
      sequence(cond('monitoring required?'), action('monitor deployment')),
    ),
  },
  {
    id: 'BT-17', name: 'Fix Development', source: 'fix_dev_bt.md:19',
    root: fallback(
      cond('role is not vendor?'),
      cond('CS in VF...?'),
      sequence(cond('RM in A?'), action('create fix'), cond('fix ready?'), action('CS → VFd... (emit CF)')),
    ),
  },
  {
    id: 'BT-18', name: 'Reporting', source: 'reporting_bt.md:21',
    root: loop('once', action('identify participants'), action('notify others')),
  },
  {
    id: 'BT-19', name: 'Identify Participants (subtree of BT-18)', source: 'reporting_bt.md:49',
    root: fallback(
      cond('all relevant parties known?'),
      sequence(action('identify vendor(s)'), action('identify coordinator(s)'), action('identify other(s)')),
    ),
  },
  {
    id: 'BT-20', name: 'Notify Others (subtree of BT-18)', source: 'reporting_bt.md:71',
    root: fallback(
      cond('all notified RM not in S?'),
      sequence(
        action('choose recipient'),
        fallback(
          sequence(fallback(cond('recipient RM not in S?'), cond('effort limit exceeded?')), action('remove recipient')),
          sequence(
            fallback(cond('EM in N,P,X?'), sequence(cond('EM in A,R?'), cond('recipient policy compatible?'))),
            action('find contact info'),
            action('send report (emit RS)'),
            action('recipient RM → R'),
          ),
        ),
      ),
    ),
  },
  {
    id: 'BT-21', name: 'Publication', source: 'publication_bt.md:21',
    root: fallback(
      sequence(fallback(cond('publication intents set?'), action('prioritize publication intents')), action('all published?')),
      sequence(action('prepare publication'), action('embargo management'), cond('EM in N or X?'), action('publish'), action('CS → P (emit CP)')),
    ),
  },
  {
    id: 'BT-22', name: 'Prepare Publication (subtree of BT-21)', source: 'publication_bt.md:70',
    root: sequence(
      fallback(
        cond('no publish exploit?'),
        cond('exploit ready?'),
        sequence(action('acquire exploit'), action('prepare exploit')),
        action('reprioritize exploit publication intent'),
      ),
      fallback(
        cond('no publish fix?'),
        cond('CS in VF...?'),
        sequence(action('fix development'), action('prepare fix for publication')),
        action('reprioritize fix publication intent'),
      ),
      fallback(
        cond('no publish report?'),
        cond('report ready?'),
        action('prepare report for publication'),
        action('reprioritize report publication intent'),
      ),
    ),
  },
  {
    id: 'BT-23', name: 'Monitor Threats', source: 'monitor_threats_bt.md:20',
    root: fallback(
      sequence(
        parallel(1,
          sequence(action('monitor attacks'), action('CS → A (emit CA)')),
          sequence(action('monitor public exploits'), fallback(cond('CS in P?'), action('CS → P (emit CP)')), action('CS → X (emit CX)')),
          sequence(action('monitor public reports'), action('CS → P (emit CP)')),
        ),
        action('terminate embargo'),
      ),
      cond('CS unchanged?'),
    ),
  },
  {
    id: 'BT-24', name: 'CVE ID Assignment', source: 'id_assignment_bt.md:6',
    root: fallback(
      cond('ID assigned?'),
      sequence(cond('in scope?'), fallback(sequence(cond('Is CNA?'), cond('assignable?'), action('assign CVE ID')), action('request CVE ID'))),
    ),
  },
  {
    id: 'BT-25', name: 'Acquire Exploit', source: 'acquire_exploit_bt.md:7',
    root: fallback(
      cond('have exploit?'),
      sequence(
        fallback(cond('exploit priority set?'), action('evaluate priority')),
        cond('exploit desired?'),
        fallback(action('find exploit'), action('develop exploit'), action('purchase exploit')),
      ),
      added('D-BT-08', cond('exploit not desired?')),
    ),
  },
] as const satisfies ReadonlyArray<PublishedTree>
