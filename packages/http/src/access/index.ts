export {
  type Authentication,
  type Authenticator,
  type Credential,
  type CredentialRefusal,
  createAuthenticator,
} from './authenticate.ts';
export {
  accessMigrations,
  createKey,
  forgetSpecialist,
  InvalidKeyWish,
  type KeyDescription,
  listKeys,
  type NewKey,
  revokeKey,
  specialistActors,
} from './keys.ts';
