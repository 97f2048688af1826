import { queryOptions } from "@tanstack/react-query";
import { client, done, unwrap } from "./client";
import type { Role, Token } from "./types";

export interface TokenDraft {
  name: string;
  role: Role;
  incident_ids?: string[];
  expires_at?: string;
}

/** The answer carries the secret once; it cannot be asked for again. */
export const createToken = (draft: TokenDraft): Promise<Token> =>
  unwrap(client.POST("/api/v1/tokens", { body: draft }));

export const revokeToken = (token_id: string): Promise<void> =>
  done(client.DELETE("/api/v1/tokens/{token_id}", { params: { path: { token_id } } }));

export const tokensQuery = queryOptions({
  queryKey: ["tokens"],
  queryFn: ({ signal }) =>
    unwrap(client.GET("/api/v1/tokens", { params: { query: { limit: 1000 } }, signal })),
});
