// Maps of the bureau's own network under everything else. Nobody is asked for
// anything until somebody chooses one; then browsers ask its host alone.

import type Map from 'ol/Map';
import TileLayer from 'ol/layer/Tile';
import { get } from 'ol/proj';
import { createXYZ } from 'ol/tilegrid';
import TileGrid from 'ol/tilegrid/TileGrid';
import XYZ from 'ol/source/XYZ';
import { h, replace } from '../dom';
import { t } from '../words';
import type { Basemap } from '../types';

let known: Basemap[] = [];
let chosen = ''; // goes from map to map

export function setBasemaps(list: Basemap[]): void { known = list || []; }

/** Tiles in degrees: 360° wide at level 0, rows from 90° north, as WMTS services
 * of CGCS2000 have them. */
function degreesGrid(max: number): TileGrid {
  return new TileGrid({ origin: [-180, 90], tileSize: 256, resolutions: Array.from({ length: max + 1 }, (_, z) => 360 / 256 / 2 ** z) });
}

function sourceOf(b: Basemap, readable: boolean): XYZ {
  const degrees = b.crs === 'EPSG:4490';
  if (degrees) get(b.crs)!.setExtent([-180, -90, 180, 90]);
  const grid = degrees ? degreesGrid(b.max_zoom) : createXYZ({ maxZoom: b.max_zoom });
  return new XYZ({ projection: b.crs, tileGrid: grid, crossOrigin: readable ? 'anonymous' : undefined, // drawn into the map's own system by reprojection
    tileUrlFunction: ([z, x, y]) => b.url.replace('{z}', String(z)).replace('{x}', String(x)).replace('{y}', String(y))
      .replace('{-y}', String((degrees ? 2 ** (z - 1) : 2 ** z) - 1 - y)) });
}

/** A choice of base maps for a map; none where the service knows of none. */
export function basemapChoice(map: Map, target: HTMLElement): HTMLElement | false {
  if (!known.length) return false;
  const layer = new TileLayer({ visible: false, zIndex: -10, className: 'basemap', opacity: 0.75 }); // a canvas of its own: one that may not be read leaves the other alone
  map.getLayers().insertAt(0, layer);
  const says = h('p', { class: 'attribution', hidden: true }), wrong = h('p', { class: 'map-warning', role: 'status', hidden: true });
  target.append(says, wrong);
  const set = (name: string) => {
    const b = known.find(k => k.name === name);
    chosen = b ? name : '';
    wrong.hidden = true;
    says.hidden = !b;
    layer.setVisible(!!b);
    if (!b) return;
    replace(says, b.attribution);
    const use = (readable: boolean) => {
      const source = sourceOf(b, readable);
      let drawn = 0;
      source.on('tileloadend', () => { drawn++; wrong.hidden = true; });
      source.on('tileloaderror', () => {
        if (drawn || layer.getSource() !== source) return;
        if (readable) return use(false); // a host that does not let pictures be read may still let them be shown
        replace(wrong, t('basemapFails', b.name));
        wrong.hidden = false;
      });
      layer.setSource(source);
    };
    use(true);
  };
  const select = h('select', { 'data-basemap': '', onchange: (e: Event) => set((e.target as HTMLSelectElement).value) },
    h('option', { value: '' }, t('noBasemap')), known.map(k => h('option', { value: k.name, selected: k.name === chosen }, k.name)));
  if (known.some(k => k.name === chosen)) set(chosen);
  return h('label', { class: 'basemap-choice' }, t('basemap'), select);
}
