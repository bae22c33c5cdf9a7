import { z } from 'zod';

const problem = z.object({ code: z.string(), status: z.int(), receipt: z.string().optional() });

/** `status code` of a problem+json answer, such as `409 gap`. */
export async function problemOf(answer: Response): Promise<string> {
  if (!answer.headers.get('content-type')?.startsWith('application/problem+json')) {
    return `${answer.status} without a problem`;
  }
  return `${answer.status} ${problem.parse(await answer.json()).code}`;
}

/** The signed receipt a `gap` or a `fork-full` carries. */
export async function receiptOfProblem(answer: Response): Promise<Uint8Array> {
  return new Uint8Array(Buffer.from(problem.parse(await answer.json()).receipt ?? '', 'base64url'));
}
