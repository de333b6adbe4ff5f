/**
 * What an import asks of other services when it brings along people and clients that the agency does not know. The host
 * ties the two together; `Context` is that of a command, so that the same newcomer is made once however often it is asked
 * for. Each gives the code of the refusal, or nothing when it is done.
 */
export interface NewcomerCommands<Context> {
  addSpecialist(
    context: Context,
    person: {
      readonly specialistId: string;
      readonly name: string;
      readonly role: string;
      readonly kind: 'employee' | 'contractor';
      readonly externalRef: string | undefined;
    },
  ): Promise<string | undefined>;
  registerClient(
    context: Context,
    client: { readonly clientId: string; readonly name: string; readonly since: string },
  ): Promise<string | undefined>;
}
