// The villages that the project area touches, by the base data of the service.

import { get } from '../../http';
import type { Head } from '../../package/account';
import { outlineOf, ringsOf, shared } from '../../package/outline';
import type { Form } from './page';

const sliver = 100; // m² that are not told from the border's own inexactness
interface Items { features: { properties: { code?: string; name?: string }; geometry: { type: string; coordinates: unknown } }[]; links: { rel: string; href: string }[] }

/** Puts the villages into the draft: those that the project area touches are ticked;
 * where its outline is not known here all are there to be ticked. Those that were
 * entered by hand stay. */
export async function findVillages(form: Form, area: Head | undefined): Promise<void> {
  const { draft } = form, county = draft.project.county;
  const found = new Map<string, { code: string; name: string; on: boolean; m2: number }>();
  const outline = area && await outlineOf(area.files);
  let next = area && form.me.base_layers && /^\d{6}$/.test(county) ? `/v1/ogc/collections/${county}.villages/items?limit=200` + (outline ? '&bbox=' + outline.box.join(',') : '') : undefined;
  while (next) {
    let page: Items;
    try { page = await get<Items>(next); } catch { break; } // the county has no such layer, or it is not for this caller
    for (const { properties, geometry } of page.features) {
      const code = String(properties.code || '').slice(0, 12);
      if (!/^\d{12}$/.test(code)) continue;
      const m2 = (outline ? shared(outline.rings, ringsOf(geometry)) : 0) + (found.get(code)?.m2 || 0);
      found.set(code, { code, name: properties.name || '', on: m2 > sliver, m2 });
    }
    const link: string | undefined = page.links.find(l => l.rel === 'next')?.href;
    next = link && new URL(link, location.href).pathname + new URL(link, location.href).search;
  }
  const byHand = draft.villages.filter(v => !v.name && !found.has(v.code));
  draft.villagesByMap = !!outline && found.size > 0;
  draft.villages = [...[...found.values()].filter(v => v.m2 > 0 || !outline), ...byHand].sort((a, b) => a.code < b.code ? -1 : 1);
}
