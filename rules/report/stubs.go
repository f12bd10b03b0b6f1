package report

import (
	"context"
	"errors"
	"io"
)

var errLater = errors.New("report: this format is not written yet")

type Drawing struct{}

func writeHTML(w io.Writer, in Input) error       { return errLater }
func writeGeoPackage(w io.Writer, in Input) error { return errLater }
func writeXLSX(w io.Writer, in Input) error       { return errLater }
func geoPackageFile(ctx context.Context, path string, in Input) error {
	return errLater
}
