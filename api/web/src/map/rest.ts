// Whether the map is as it was asked to be: there, and drawn with all its tiles.

import type Map from 'ol/Map';

/** Marks the map as busy (aria-busy) from the moment a change of place or
 * content is asked for until that is drawn. At rest data-view says where it
 * looks at: easting and northing of the middle, metres a pixel. */
export function tellRest(map: Map, target: HTMLElement): void {
  const view = map.getView();
  let changed = true; // since the last picture was begun
  const change = () => { changed = true; target.setAttribute('aria-busy', 'true'); };
  change();
  view.on(['change', 'propertychange'], change);
  map.getLayerGroup().on('change', change);
  map.on('precompose', () => { changed = false; });
  map.on('rendercomplete', () => { // of the last picture: a change after it has asked for another
    const c = view.getCenter();
    if (changed || !c) return;
    target.setAttribute('data-view', [...c, view.getResolution()!].map(x => x.toFixed(3)).join(' '));
    target.setAttribute('aria-busy', 'false');
  });
}
