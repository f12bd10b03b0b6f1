package kit

import "slices"

// Package is a plan package or base data: layers, a manifest with its papers,
// other files, and what is to be done to the bytes in the end.
type Package struct {
	Layers   []*Layer
	Manifest *Manifest // nil: none
	Extra    Files
	Edits    []func(Files)
	Laid     func(path string) // done to the package where it lies, last of all
	Form     string            // "" a directory, "zip", "wrapped" (a zip with one folder in it), "gpkg" (all layers in one, the rest beside it)
}

// New adds an empty layer.
func (p *Package) New(name string) *Layer {
	l := &Layer{Name: name}
	p.Layers = append(p.Layers, l)
	return l
}

// Open is a layer by name, new where there is none.
func (p *Package) Open(name string) *Layer {
	for _, l := range p.Layers {
		if l.Name == name {
			return l
		}
	}
	return p.New(name)
}

// Layer is a layer by name.
func (p *Package) Layer(name string) *Layer {
	for _, l := range p.Layers {
		if l.Name == name {
			return l
		}
	}
	panic("kit: no layer " + name)
}

// Drop removes a layer.
func (p *Package) Drop(name string) *Package {
	p.Layers = slices.DeleteFunc(p.Layers, func(l *Layer) bool { return l.Name == name })
	return p
}

// Row is the feature of a layer whose BSM (or code) is id.
func (l *Layer) Row(id string) *Row {
	for _, r := range l.Rows {
		for _, name := range []string{"BSM", "XZQDM", "ZLDWDM"} {
			if r.F[name] == id {
				return r
			}
		}
	}
	panic("kit: no row " + id)
}

// DropRow removes a feature.
func (l *Layer) DropRow(id string) *Layer {
	row := l.Row(id)
	l.Rows = slices.DeleteFunc(l.Rows, func(r *Row) bool { return r == row })
	return l
}

// Shaped gives a feature another figure, and declares its area.
func (l *Layer) Shaped(id string, s Shape) *Row {
	r := l.Row(id)
	r.Shape = s
	for _, name := range []string{"MJ", "SCMJ"} {
		if _, ok := r.F[name].(float64); ok {
			r.F[name] = Area(s)
		}
	}
	return r
}

// File adds a file.
func (p *Package) File(name string, data string) *Package {
	if p.Extra == nil {
		p.Extra = Files{}
	}
	p.Extra[name] = []byte(data)
	return p
}

// Edit changes the bytes in the end.
func (p *Package) Edit(f func(Files)) *Package {
	p.Edits = append(p.Edits, f)
	return p
}

// Files renders the package.
func (p *Package) Files() Files {
	files := Files{}
	put := func(more Files) {
		for name, data := range more {
			files[name] = data
		}
	}
	if p.Form == "gpkg" {
		files["layers.gpkg"] = Gpkg(p.Layers...)
	} else {
		for _, l := range p.Layers {
			put(l.files())
		}
	}
	if p.Manifest != nil {
		put(p.Manifest.files())
	}
	put(p.Extra)
	for _, edit := range p.Edits {
		edit(files)
	}
	return files
}
