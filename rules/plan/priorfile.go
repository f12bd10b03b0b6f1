package plan

import (
	"context"
	"errors"
	"io/fs"
	"path/filepath"

	"landcheck/geo"
	"landcheck/geo/regular"
	"landcheck/rules/domain"
)

// ReadPrior reads what earlier projects moved from a file with the key prior: a
// plan.yaml, or a list of its own in the same shape. A file without one is a
// *geo.InputError.
func ReadPrior(path string) ([]Prior, error) {
	file := filepath.Base(path)
	data, err := regular.Read(path, maxManifest)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, &geo.InputError{File: path, Message: geo.Text{ZH: "没有这个文件", EN: "there is no such file"}, Err: err,
			Advice: geo.Text{ZH: "请核对路径", EN: "Check the path"}}
	}
	if err != nil {
		return nil, inFile(err, file)
	}
	m, err := readManifest(file, data)
	if err != nil {
		return nil, err
	}
	if len(m.prior) == 0 {
		return nil, &geo.InputError{File: file, Field: "prior", Message: geo.Text{ZH: "文件中没有 prior（此前项目的调整）", EN: "the file has no prior: what earlier projects moved"},
			Advice: geo.Text{ZH: `请写 prior: [{project: 项目代码, township: "9 位乡镇代码", pbf_out_m2: 调出净面积}]`,
				EN: `Write prior: [{project: CODE, township: "9 digits", pbf_out_m2: NET AREA OUT}]`}}
	}
	return m.prior, nil
}

// OpenArea reads the polygons of one layer, whatever it is called: an area that
// somebody asks about, such as that of a project to come. crs serves a layer that
// does not say its own. Errors are those of OpenLayer.
func OpenArea(ctx context.Context, path string, crs geo.CRS) (area []Feature, system geo.CRS, err error) {
	p, err := OpenLayer(ctx, path, LayerOptions{CRS: crs, Role: domain.ProjectArea})
	if err != nil {
		return nil, crs, err
	}
	for _, c := range p.Changes {
		area = append(area, c.Feature)
	}
	return area, p.CRS, nil
}
