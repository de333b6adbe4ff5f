/** The worker's side: answers the questions of the process that started it, one at a time, and ends with it. */
export const answering = <Question, Answer>(answer: (question: Question) => Promise<Answer>): void => {
  process.on('message', (question) => {
    answer(question as Question).then(
      (answered) => process.send?.({ answer: answered }),
      (error: unknown) => process.send?.({ failure: error instanceof Error ? (error.stack ?? error.message) : error }),
    );
  });
  process.once('disconnect', () => process.exit());
};
