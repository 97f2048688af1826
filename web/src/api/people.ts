import { queryOptions } from "@tanstack/react-query";
import { client, done, unwrap } from "./client";
import type { Invitation, Person, Role, Session } from "./types";

export const changePerson = (
  person_id: string,
  change: { name?: string; role?: Role; suspended?: boolean },
): Promise<Person> =>
  unwrap(client.PATCH("/api/v1/people/{person_id}", { params: { path: { person_id } }, body: change }));

export const invite = (draft: { email: string; name?: string; role: Role }): Promise<Invitation> =>
  unwrap(client.POST("/api/v1/invitations", { body: draft }));

export const withdrawInvitation = (invitation_id: string): Promise<void> =>
  done(client.DELETE("/api/v1/invitations/{invitation_id}", { params: { path: { invitation_id } } }));

export const acceptInvitation = (answer: {
  token: string;
  name: string;
  password: string;
}): Promise<Session> => unwrap(client.POST("/api/v1/invitations/accept", { body: answer }));

export const peopleQuery = queryOptions({
  queryKey: ["people"],
  queryFn: ({ signal }) =>
    unwrap(client.GET("/api/v1/people", { params: { query: { limit: 1000 } }, signal })),
});

export const invitationsQuery = queryOptions({
  queryKey: ["invitations"],
  queryFn: ({ signal }) =>
    unwrap(client.GET("/api/v1/invitations", { params: { query: { limit: 1000 } }, signal })),
});
