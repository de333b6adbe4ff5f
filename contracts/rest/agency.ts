export * from './agency/bill-rates.ts';
export * from './agency/cost-rates.ts';
export * from './agency/deactivation.ts';
export * from './agency/price-of-an-hour.ts';
export * from './agency/settings.ts';
export * from './agency/specialists.ts';
export * from './agency/standards.ts';
export * from './agency/utilisation.ts';
