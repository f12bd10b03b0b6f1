package api

import (
	"net/url"
	"regexp"
	"strconv"
	"strings"

	"landcheck/geo"
)

// Basemap is a map of the bureau's own network that the page may draw under
// everything else. Browsers fetch it themselves: the service only says where.
type Basemap struct {
	Name        string `json:"name"`
	URL         string `json:"url"` // with {z}, {x}, {y} to fill in, or {-y} for rows from the south
	CRS         string `json:"crs"` // EPSG:3857 or EPSG:4490, of its tiles
	MaxZoom     int    `json:"max_zoom"`
	Attribution string `json:"attribution"`
}

const (
	basemapZoom = 18 // of those that say nothing
	mostZoom    = 24
)

var (
	placeholder = regexp.MustCompile(`\{[^}]*\}?`)
	// wmtsNames are the placeholders of WMTS templates, which mean the same.
	wmtsNames = strings.NewReplacer("{TileMatrix}", "{z}", "{TileCol}", "{x}", "{TileRow}", "{y}")
)

// ParseBasemap reads NAME=URL. URL is an XYZ or WMTS template, whose fragment may
// say more: #crs=EPSG:4490&max_zoom=18&attribution=…. What is wrong is a
// *geo.InputError.
func ParseBasemap(text string) (Basemap, error) {
	name, address, ok := strings.Cut(text, "=")
	wrong := func(message geo.Text) (Basemap, error) {
		return Basemap{}, &geo.InputError{Field: "--basemap", Message: message, Advice: geo.Text{
			ZH: "写法：名称=http://主机/路径/{z}/{x}/{y}.png，或 WMTS 的 {TileMatrix}、{TileRow}、{TileCol}；经纬度切片在末尾加 #crs=EPSG:4490",
			EN: "Write NAME=http://host/path/{z}/{x}/{y}.png, or {TileMatrix}, {TileRow}, {TileCol} of WMTS; for tiles in degrees add #crs=EPSG:4490"}}
	}
	if name = strings.TrimSpace(name); !ok || name == "" || len([]rune(name)) > 40 || geo.Printable(name) != name {
		return wrong(geo.Textf("底图 %q 没有名称，或名称太长", "the base map %q has no name, or too long a one", text))
	}
	address, fragment, _ := strings.Cut(address, "#")
	m := Basemap{Name: name, URL: wmtsNames.Replace(strings.TrimSpace(address)), CRS: "EPSG:3857", MaxZoom: basemapZoom, Attribution: name}
	u, err := url.Parse(placeholder.ReplaceAllString(m.URL, "0"))
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Hostname() == "" || u.User != nil {
		return wrong(geo.Textf("底图 %[1]s 的地址 %[2]q 不是 http 或 https 网址", "the address %[2]q of the base map %[1]s is no http or https URL", name, address))
	}
	if strings.ContainsAny(u.Host, "{}; ,'\"") || strings.Contains(strings.SplitN(m.URL, "/", 4)[2], "{") {
		return wrong(geo.Textf("底图 %[1]s 的主机名不能含有 {…}：网页只向一台主机取图", "the host of the base map %[1]s cannot hold {…}: the page asks one host for it", name))
	}
	for _, p := range placeholder.FindAllString(m.URL, -1) {
		if p != "{z}" && p != "{x}" && p != "{y}" && p != "{-y}" {
			return wrong(geo.Textf("底图 %[1]s 的地址里不能用 %[2]s", "the address of the base map %[1]s cannot hold %[2]s", name, p))
		}
	}
	rows := strings.Count(m.URL, "{y}") + strings.Count(m.URL, "{-y}")
	if strings.Count(m.URL, "{z}") != 1 || strings.Count(m.URL, "{x}") != 1 || rows != 1 {
		return wrong(geo.Textf("底图 %s 的地址里级别、列、行须各出现一次", "the address of the base map %s has to hold level, column and row once each", name))
	}
	more, err := url.ParseQuery(fragment)
	if err != nil {
		return wrong(geo.Textf("底图 %[1]s 的 #%[2]s 读不出来", "#%[2]s of the base map %[1]s cannot be read", name, fragment))
	}
	for key, values := range more {
		value := values[0]
		zoom, err := strconv.Atoi(value)
		switch {
		case len(values) == 1 && key == "crs" && (value == "EPSG:3857" || value == "EPSG:4490"):
			m.CRS = value
		case len(values) == 1 && key == "max_zoom" && err == nil && zoom >= 1 && zoom <= mostZoom:
			m.MaxZoom = zoom
		case len(values) == 1 && key == "attribution" && value != "" && len(value) <= 200 && geo.Printable(value) == value:
			m.Attribution = value
		default:
			return wrong(geo.Textf("底图 %[1]s 的 #%[2]s=%[3]s 不对：可用 crs=EPSG:3857 或 EPSG:4490，max_zoom=1 至 24，attribution=图上的说明",
				"#%[2]s=%[3]s of the base map %[1]s is wrong: use crs=EPSG:3857 or EPSG:4490, max_zoom=1 to 24, attribution=what the map is to say", name, key, value))
		}
	}
	return m, nil
}

// Origin is where the page's policy lets it fetch the map from, and from nowhere
// else.
func (m Basemap) Origin() string {
	u, err := url.Parse(placeholder.ReplaceAllString(m.URL, "0"))
	if err != nil {
		return "" // ParseBasemap has refused it
	}
	return u.Scheme + "://" + u.Host
}
