export * from './relationship/client-loyalty.ts';
export * from './relationship/client-segments.ts';
export * from './relationship/clients.ts';
export * from './relationship/extra-payment-advice.ts';
export * from './relationship/extra-payments.ts';
export * from './relationship/request-timeline.ts';
export * from './relationship/requests.ts';
export * from './relationship/satisfaction.ts';
