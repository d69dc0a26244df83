/**
 * Published figures that are wrong, or of another quantity than they are said to be: what is printed, what it should be,
 * and why that is known.
 *
 * Each is a row with both values. The register of the protocol (`errata`) has the places where its rules contradict each
 * other; this one has measurement. That the expression for embargo histories and the sizes of the participants' factors are
 * wrong is there: D-EM-30 and D-CS-21.
 *
 * Sources: OS is docs/reference/measuring_cvd/observing_skill.md, RH reasoning_over_histories.md, PH _table_possible_histories.md,
 * SA docs/topics/other_uses/situation_awareness.md in CERTCC/Vultron at 6883299; SEI is CMU/SEI-2021-SR-021.
 *
 * @module
 */

/** A published figure and what it should be. */
export interface FigureErratum {
  readonly id: string
  readonly title: string
  readonly sources: ReadonlyArray<string>
  readonly published: string
  readonly computed: string
  readonly reason: string
  /** The function that gives the published figure, where there is one. */
  readonly offered?: string
}

/** The published figures that are wrong. */
export const figureErrata: ReadonlyArray<FigureErratum> = [
  {
    id: 'M-01', title: 'The rank column has a tie too few', sources: ['RH:215', 'PH:48', 'PH:49'], offered: 'publishedRank',
    published: '62 ranks; VFPAXD 40, VFXPAD 41', computed: '61 ranks; both 40, and every rank above one less',
    reason: 'Both have the score 307/72. In floating point one comes out at 4.263888888888888, the other at 4.263888888888889.',
  },
  {
    id: 'M-02', title: 'The rank is not of what the text says', sources: ['RH:192', 'RH:198'], offered: 'logRank',
    published: 'skill of a history is the sum of −log f over the orderings that it meets', computed: 'the printed ranks are those of the sum of 1 − f',
    reason: 'By −log f there are 53 ranks, and 65 of the 70 printed ones differ; by 1 − f in floating point all 70 agree.',
  },
  {
    id: 'M-03', title: 'Skill of Microsoft at F≺P', sources: ['OS:74', 'OS:75'],
    published: '0.969 [0.962, 0.975]', computed: '0.965 [0.957, 0.972]',
    reason: 'The printed value is the observed frequency, 2610/2694, and its interval; alpha is 1733/1796.',
  },
  {
    id: 'M-04', title: 'Skill of Microsoft at F≺A', sources: ['OS:84', 'OS:85'],
    published: '0.986 [0.980, 0.989]', computed: '0.977 [0.968, 0.983]',
    reason: 'The printed value is the observed frequency, 2655/2694, and its interval; alpha is 2193/2245.',
  },
  {
    id: 'M-05', title: 'The prior of the intervals', sources: ['OS:98', 'OS:99', 'OS:85', 'OS:191'], offered: 'frequencyInterval with prior 0',
    published: 'Beta(S, T − S)', computed: 'Beta(S + 1, T − S + 1) in F≺A of Microsoft, [0.980, 0.989]; as the text says in P≺X of NVD, [0.966, 0.970]',
    reason: 'Without one added to both, that of F≺A would be [0.981, 0.990]; with it, that of P≺X would be [0.966, 0.969]. This library adds one: without, there is no interval where S is 0 or T.',
  },
  {
    id: 'M-06', title: 'How often luck brings a fix before attacks', sources: ['SEI:6.1'],
    published: '73 %', computed: '37.5 %',
    reason: 'Its own table 4.1 has 0.375; 38 of 70 histories are 54 %. The later page (benchmarking.md:43) says 37.5 %.',
  },
  {
    id: 'M-07', title: 'Attacks, of a case of which only Vf is known', sources: ['SA:74'],
    published: '0.489', computed: '0.490',
    reason: 'Four rounded terms are added; their exact sum is 0.48966.',
  },
  {
    id: 'M-08', title: 'How the weight of a class is shared', sources: ['OS:102', 'OS:142', 'OS:202'], offered: 'infer',
    published: 'each history has the probability of its class', computed: 'it is shared evenly within the class',
    reason: 'The figures and the median ranks 53 and 33 come out only if it is shared.',
  },
  {
    id: 'M-09', title: 'The years of the commodity exploits', sources: ['OS:8', 'OS:146', 'OS:182'],
    published: '2015-2019', computed: '2013-2019',
    reason: 'The headings have the one, the text and its 73,474 vulnerabilities the other.',
  },
  {
    id: 'M-10', title: 'Two baselines are not rounded like the others', sources: ['docs/includes/tab_exp_freq.md:7', 'docs/includes/tab_exp_freq.md:10'],
    published: 'D≺A 0.187, A≺D 0.812', computed: '3/16 = 0.1875 and 13/16 = 0.8125',
    reason: 'Rounded as the others are, they are 0.188 and 0.813.',
  },
]
