package report

import (
	"context"
	"errors"
	"io"
)

var errGeoPackage = errors.New("report: GeoPackage output is not there yet")

func writeGeoPackage(w io.Writer, in Input) error { return errGeoPackage }

func geoPackageFile(ctx context.Context, path string, in Input) error { return errGeoPackage }
