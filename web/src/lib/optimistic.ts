import { type QueryKey, useMutation, useQueryClient } from "@tanstack/react-query";

interface Optimistic<Data, Input> {
  queryKey: QueryKey;
  /** What the cached answer will be once the server agrees. */
  apply: (data: Data, input: Input) => Data;
  send: (input: Input) => Promise<unknown>;
}

/** Shows an edit at once and takes it back when the server refuses it. */
export function useOptimistic<Data, Input>({ queryKey, apply, send }: Optimistic<Data, Input>) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: send,
    onMutate: async (input: Input) => {
      await queries.cancelQueries({ queryKey });
      const before = queries.getQueryData<Data>(queryKey);
      queries.setQueryData<Data>(queryKey, (data) => (data === undefined ? data : apply(data, input)));
      return before;
    },
    onError: (_error, _input, before) => queries.setQueryData(queryKey, before),
    onSettled: () => queries.invalidateQueries({ queryKey }),
  });
}
