import { fieldProblems, type ApiProblem } from '@lyceum/api-client';
import type { FieldPath, FieldValues, UseFormSetError } from 'react-hook-form';

/** Puts what the server refused to the fields that it is about. True when every reason found its field. */
export function showFieldProblems<Values extends FieldValues>(problem: ApiProblem, names: readonly FieldPath<Values>[], setError: UseFormSetError<Values>): boolean {
  const problems = Object.entries(fieldProblems(problem));
  const known = problems.flatMap(([pointer, message]) => {
    const name = names.find((one) => one === pointer);
    return name === undefined ? [] : [{ name, message }];
  });
  for (const { name, message } of known) setError(name, { type: 'server', message }, { shouldFocus: true });
  return known.length > 0 && known.length === problems.length;
}
