/**
 * What the trees leave to people and policies: 89 questions, each with what is taken for its answer where nobody gives one.
 *
 * A question is named for its tree and its label there. An answer is yes or no: whether a condition holds, whether an action
 * was done and succeeded; or that it is under way. Without an answer and without a default it stays open, and what hangs on it
 * waits. `roles` is answered by the roles of the participant, `inbox` by the messages that a tick is given.
 *
 * @module
 */

/** A question of the trees. */
export interface CallbackRow {
  readonly asks: string
  /** Taken where nobody answers; a question without one stays open. */
  readonly otherwise?: boolean | 'roles' | 'inbox'
}

/** The questions, in the order of the trees. */
export const callbacks = {
  'BT-02 discovery capability': { asks: 'Can we look for vulnerabilities?', otherwise: false },
  'BT-02 discovery priority': { asks: 'Do we want to look for vulnerabilities now?', otherwise: false },
  'BT-02 discover vulnerability': { asks: 'Have we found one?', otherwise: false },
  'BT-02 not a vendor': { asks: 'Are we no vendor of what is affected?', otherwise: 'roles' },
  'BT-03 msg queue not empty?': { asks: 'Has a message come?', otherwise: 'inbox' },
  'BT-03 pop msg': { asks: 'Take the next message.', otherwise: 'inbox' },
  'BT-03 push msg': { asks: 'Put the message back.', otherwise: 'inbox' },
  'BT-04 update sender status': { asks: 'Note the state that the sender told.', otherwise: true },
  'BT-09 update sender status': { asks: 'Note how far the fix of the sender is.', otherwise: true },
  'BT-12 enough info?': { asks: 'Do we know enough to leave the verdict as it is?' },
  'BT-12 gather info': { asks: 'Ask for more about the report.' },
  'BT-12 no new info': { asks: 'Has nothing new come?' },
  'BT-12 evaluate credibility': { asks: 'Is the report credible?' },
  'BT-12 evaluate validity': { asks: 'Is the report valid?' },
  'BT-13 enough info?': { asks: 'Do we know enough to leave the priority as it is?' },
  'BT-13 gather info': { asks: 'Ask for more about its importance.' },
  'BT-13 no new info': { asks: 'Has nothing new come?' },
  'BT-13 evaluate priority': { asks: 'Set the priority.' },
  'BT-13 priority is not defer?': { asks: 'Is it to be worked on?' },
  'BT-13 accept': { asks: 'Take it on.' },
  'BT-13 defer': { asks: 'Put it off.' },
  'BT-14 close criteria met?': { asks: 'Is there nothing left to do?' },
  'BT-14 close report': { asks: 'Close it here.' },
  'BT-15 other work': { asks: 'Do what else there is.', otherwise: true },
  'BT-15 m': { asks: 'Does all work have to succeed, and not one kind of it?', otherwise: false },
  'BT-16 no new info?': { asks: 'Has nothing come that makes the deployment urgent?' },
  'BT-16 prioritize deployment': { asks: 'Set the priority of the deployment.' },
  'BT-16 priority not deferred?': { asks: 'Is it to be deployed?' },
  'BT-16 deploy fix': { asks: 'Deploy the fix.' },
  'BT-16 mitigations deployed?': { asks: 'Are mitigations in place?' },
  'BT-16 mitigations available?': { asks: 'Are there mitigations?' },
  'BT-16 deploy mitigation': { asks: 'Put mitigations in place.' },
  'BT-16 monitoring required?': { asks: 'Is the deployment to be watched?' },
  'BT-16 monitor deployment': { asks: 'Watch the deployment.' },
  'BT-17 create fix': { asks: 'Work on the fix.' },
  'BT-17 fix ready?': { asks: 'Is the fix ready?' },
  'BT-18 effort limit': { asks: 'Is one recipient at a time enough?', otherwise: true },
  'BT-19 all relevant parties known?': { asks: 'Do we know everybody who is concerned?' },
  'BT-19 identify vendor(s)': { asks: 'Find the vendors.' },
  'BT-19 identify coordinator(s)': { asks: 'Find coordinators.' },
  'BT-19 identify other(s)': { asks: 'Find others.' },
  'BT-20 choose recipient': { asks: 'Choose whom to tell next.' },
  'BT-20 effort limit exceeded?': { asks: 'Have we tried to reach them often enough?', otherwise: false },
  'BT-20 remove recipient': { asks: 'Strike them off the list.' },
  'BT-20 recipient policy compatible?': { asks: 'Does their policy fit the embargo?' },
  'BT-20 find contact info': { asks: 'Find out how to reach them.' },
  'BT-21 publication intents set?': { asks: 'Have we decided what to publish?' },
  'BT-21 prioritize publication intents': { asks: 'Decide what to publish.' },
  'BT-21 all published?': { asks: 'Is all of it published?' },
  'BT-21 publish': { asks: 'Publish.' },
  'BT-22 no publish exploit?': { asks: 'Do we publish no exploit?', otherwise: true },
  'BT-22 exploit ready?': { asks: 'Is the exploit ready?' },
  'BT-22 prepare exploit': { asks: 'Prepare the exploit.' },
  'BT-22 reprioritize exploit publication intent': { asks: 'Give up publishing the exploit.' },
  'BT-22 no publish fix?': { asks: 'Do we publish no fix?' },
  'BT-22 prepare fix for publication': { asks: 'Prepare the fix.' },
  'BT-22 reprioritize fix publication intent': { asks: 'Give up publishing the fix.' },
  'BT-22 no publish report?': { asks: 'Do we publish no report?' },
  'BT-22 report ready?': { asks: 'Is the report ready?' },
  'BT-22 prepare report for publication': { asks: 'Write the report.' },
  'BT-22 reprioritize report publication intent': { asks: 'Give up publishing the report.' },
  'BT-23 monitor attacks': { asks: 'Have we seen attacks?', otherwise: false },
  'BT-23 monitor public exploits': { asks: 'Have we seen a public exploit?', otherwise: false },
  'BT-23 monitor public reports': { asks: 'Have we seen public reports?', otherwise: false },
  'BT-24 ID assigned?': { asks: 'Does the vulnerability have an id?' },
  'BT-24 in scope?': { asks: 'Is it to have one?' },
  'BT-24 Is CNA?': { asks: 'May we assign CVE ids?' },
  'BT-24 assignable?': { asks: 'Is this one ours to assign?' },
  'BT-24 assign CVE ID': { asks: 'Assign an id.' },
  'BT-24 request CVE ID': { asks: 'Ask for an id.' },
  'BT-25 have exploit?': { asks: 'Do we have an exploit?' },
  'BT-25 exploit priority set?': { asks: 'Have we decided whether we want one?' },
  'BT-25 evaluate priority': { asks: 'Decide whether we want one.' },
  'BT-25 exploit desired?': { asks: 'Do we want one?', otherwise: false },
  'BT-25 find exploit': { asks: 'Find one.' },
  'BT-25 develop exploit': { asks: 'Write one.' },
  'BT-25 purchase exploit': { asks: 'Buy one.' },
  'BT-26 stop trying?': { asks: 'Have we given up on an embargo?' },
  'BT-26 reject': { asks: 'Refuse the terms.' },
  'BT-26 current terms ok?': { asks: 'Are the terms in force still good?' },
  'BT-27 other reason': { asks: 'Is there a reason for an embargo although the fix is deployed?', otherwise: false },
  'BT-27 select terms': { asks: 'Choose terms.' },
  'BT-27 no new proposal?': { asks: 'Do we leave it at the open proposal?' },
  'BT-28 evaluate': { asks: 'Weigh the terms.' },
  'BT-28 accept': { asks: 'Are they acceptable?' },
  'BT-28 willing to counter?': { asks: 'Do we offer other terms?' },
  'BT-29 other reason?': { asks: 'Is there another reason to end the embargo?', otherwise: false },
  'BT-29 timer expired?': { asks: 'Is the time of the embargo up?', otherwise: false },
  'BT-29 exit embargo': { asks: 'End it here.', otherwise: true },
} as const satisfies Readonly<Record<string, CallbackRow>>

/** The name of a question. */
export type CallbackName = keyof typeof callbacks

/** Whether a text is the name of a question. */
export const isCallback = (name: string): name is CallbackName => Object.hasOwn(callbacks, name)
