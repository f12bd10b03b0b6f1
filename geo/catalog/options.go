package catalog

// Options are the limits of a package; zero means the default.
type Options struct {
	Entries       int    // files, default 10 000
	UnpackedBytes int64  // of all the entries of a zip, default 8 GiB
	EntryBytes    int64  // of one entry, default 4 GiB
	Ratio         int64  // unpacked to packed, once past 10 MiB; default 200
	TempDir       string // where zips are unpacked, default the system's
	Cache         string // where large layers are remembered, see inplace.Cache; "" nowhere
	Shown         string // the package's name for people, default the last element of its path
	// Leave says which files are not to be opened as layers, by relative name,
	// once the package is listed; nil opens all.
	Leave func(*Catalog) (func(name string) bool, error) `json:"-"`
}

// ratioFree is what an entry may unpack to whatever its ratio: empty rasters
// and DBF padding pack very well.
const ratioFree = 10 << 20

// WithDefaults fills in what is zero.
func (o Options) WithDefaults() Options {
	if o.Entries == 0 {
		o.Entries = 10_000
	}
	if o.UnpackedBytes == 0 {
		o.UnpackedBytes = 8 << 30
	}
	if o.EntryBytes == 0 {
		o.EntryBytes = 4 << 30
	}
	if o.Ratio == 0 {
		o.Ratio = 200
	}
	return o
}
