export * from './binding.ts';
export * from './reply.ts';
