export * from './binding.ts';
