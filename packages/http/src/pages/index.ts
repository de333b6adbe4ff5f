export * from './html.ts';
export * from './printed-page.ts';
export * from './written.ts';
