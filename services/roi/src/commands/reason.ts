/** A command that may say why. */
export type Reasoned<Said> = Said & { readonly reason?: string | undefined };

/** The reason as a wish takes it: absent rather than undefined. */
export const reasonOf = ({ reason }: { readonly reason?: string | undefined }): { readonly reason?: string } =>
  reason === undefined ? {} : { reason };
