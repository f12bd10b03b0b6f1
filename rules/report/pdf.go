package report

import (
	"bytes"
	"context"
	"io"
	"os"

	"landcheck/rules/report/chromium"
)

// pdfFile prints the HTML report to a file.
func pdfFile(ctx context.Context, path string, in Input) error {
	data, err := printed(ctx, in)
	if err != nil {
		return err
	}
	return os.WriteFile(path, data, 0o600)
}

func writePDF(w io.Writer, in Input) error {
	data, err := printed(context.Background(), in) // which has a time limit
	if err != nil {
		return err
	}
	_, err = w.Write(data)
	return err
}

// printed is the HTML report on paper, as a browser prints it.
func printed(ctx context.Context, in Input) ([]byte, error) {
	var page bytes.Buffer
	if err := writeHTML(&page, in); err != nil {
		return nil, err
	}
	program, err := chromium.Find(in.Browser)
	if err != nil {
		return nil, err
	}
	return chromium.PDF(ctx, chromium.Page{HTML: page.Bytes(), Program: program, Day: in.Dated})
}
