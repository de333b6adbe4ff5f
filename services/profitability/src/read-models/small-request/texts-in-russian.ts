import type { Phrases } from './texts.ts';

const others = (role: string, contractors: boolean): string =>
  contractors ? `подрядчики (${role})` : `коллеги (${role})`;

export const russian: Phrases = {
  trip: 'поездка к клиенту',
  goodwill: 'бесплатная работа',
  activities: {
    production: 'производство',
    communication: 'общение с клиентом',
    travel: 'дорога',
    rework: 'переделки',
    management: 'управление',
  },
  overrun: (role) => `работа сверх плана, ${role}`,
  expenses: {
    subcontractor: 'подрядчик',
    travel: 'транспортные расходы',
    licence: 'лицензии',
    advertising: 'реклама',
    other: 'прочие расходы',
  },
  already: (works) => `Сверх плана уже сделано: ${works}.`,
  verdict: {
    fits: 'Да, помещается: в работе остаётся запас, этап не опустится ниже норматива.',
    'exceeds-standard': 'Запас этапа исчерпан: с этой работой он опустится ниже норматива, хотя и не в убыток.',
    'loses-money': 'Запас этапа исчерпан: с этой работой он станет убыточным.',
  },
  marginMoves: (from, to) => `Прогнозная маржа: ${from} сейчас, ${to} с этой работой.`,
  headroomIs: (money, hours, role) => `Запас этапа: ${money}${hours === null ? '' : `, это ${hours} (${role})`}.`,
  askFor: (money) => `Чтобы удержать норматив, нужна доплата: ${money}.`,
  byPlan: 'Оценка сделана по плановой стоимости часа: ставка одного человека не раскрывается.',
  clientFits: 'С удовольствием сделаем это в рамках текущего этапа.',
  clientUsedUp: 'Согласованный объём работ этого этапа исчерпан.',
  clientCan: 'Можем сделать это за доплату или на следующем этапе.',
  reasons: {
    'keeps-standard': 'Запаса хватает, этап сохраняет норматив.',
    'below-standard': 'Убытка нет, но этап опускается ниже норматива.',
    'makes-a-loss': 'Этап стал бы убыточным.',
    'restores-standard': 'С этой доплатой этап выходит на норматив.',
    'not-needed': 'Запаса хватает и без доплаты; за полную цену запас останется на потом.',
    cheaper: (role, contractors) =>
      `Самые недорогие исполнители, ${others(role, contractors)}, за те же часы стоят меньше.`,
    'not-cheaper': (role, contractors) =>
      `Даже самые недорогие исполнители, ${others(role, contractors)}, за те же часы стоят не меньше.`,
    'nobody-else': 'Больше ни у кого нет ставки, сравнить не с чем.',
    'planned-stage': (stage) => `Этот этап не меняется: работу забирает запланированный этап «${stage}».`,
    'new-stage': 'Этот этап не меняется: работу заберёт следующий этап, его ещё предстоит запланировать.',
  },
};
