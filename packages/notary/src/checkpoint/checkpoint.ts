/** What was signed of a tree, at a moment. */
export interface TreeHead {
  readonly tenantId: string;
  /** Leaves. */
  readonly size: number;
  readonly root: Buffer;
  /** Of the last event that is in the tree. */
  readonly position: number;
  /** RFC 3339. */
  readonly sealedAt: string;
}

/** How the log of a tenant is named in its checkpoints, and who signs them. */
export const originOf = (tenantId: string): string => `headroom/${tenantId}`;

/** A tree head as it is signed: a checkpoint after C2SP tlog-checkpoint, with two lines of ours behind it. */
export const checkpointText = ({ tenantId, size, root, position, sealedAt }: TreeHead): string =>
  `${originOf(tenantId)}\n${size}\n${root.toString('base64')}\nposition ${position}\nsealed ${sealedAt}\n`;
