import type { AuditEventPublic } from './audit-events.ts';
import type { StoreNews } from './store/store-news.ts';

/** What happened to the store, in words: for operators and as an event of the log itself. */
export function storeNewsEvent(news: StoreNews): AuditEventPublic<'store'> {
  return { event: news.name, detail: detailOf(news) };
}

function detailOf(news: StoreNews): string {
  switch (news.name) {
    case 'set-aside': {
      const where = news.to === undefined ? 'its files are gone' : `its files lie in ${news.to}`;
      const dropped = news.dropped.length > 0 ? `; removed: ${news.dropped.join(', ')}` : '';
      return `${news.why}: ${news.detail}; ${news.salvagedRows} rows carried over; ${where}${dropped}`;
    }
    case 'rows-missing':
      return `rows ${news.from} to ${news.to}, says the ${news.by}: ${news.detail}`;
    case 'level': {
      const failure = news.failure === undefined ? '' : `: ${news.failure}`;
      const lost = news.lost === undefined ? '' : `; ${news.lost} events could not be written`;
      return `${news.level}, ${Math.round(news.usedPercent)} % used${failure}${lost}`;
    }
    case 'aid-failed':
      return `${news.aid}: ${news.detail}`;
    default:
      return news satisfies never;
  }
}
