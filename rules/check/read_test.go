package check_test

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"landcheck/geo"
	"landcheck/rules/check"
	"landcheck/rules/domain"
	"landcheck/rules/plan"
	"landcheck/rules/report"
	"landcheck/rules/sample"
)

// TestOddAndRead spoils figures of land that the plan does not touch: only the
// reading for the digest meets them. The report says so whether that reading
// ends before the ledger is built or after.
func TestOddAndRead(t *testing.T) {
	ctx := context.Background()
	dir := t.TempDir()
	if err := sample.Write(ctx, dir, sample.Options{}); err != nil {
		t.Fatal(err)
	}
	damage(t, filepath.Join(dir, "base", "DLTB.dbf"), "TBMJ")
	written := func(late bool) []byte {
		p, err := plan.Open(ctx, filepath.Join(dir, "plans", "01-compliant.zip"), plan.Options{})
		if err != nil {
			t.Fatal(err)
		}
		base, err := plan.OpenBase(ctx, []string{filepath.Join(dir, "base")}, plan.BaseOptions{})
		if err != nil {
			t.Fatal(err)
		}
		cut := make(chan struct{})
		layers := map[domain.Role][]geo.Layer{}
		sources, _ := base.Sources()
		for _, s := range sources {
			if late {
				s.Layer = lateLayer{s.Layer, cut}
			}
			layers[s.Role] = append(layers[s.Role], s.Layer)
		}
		base = plan.NewBase("files", layers)
		defer base.Close()
		book, err := check.Book("", p)
		if err != nil {
			t.Fatal(err)
		}
		res, err := check.Run(ctx, check.Request{Plan: p, Base: base, Book: book, Version: "test", Progress: func(done, total int) {
			if done == total {
				close(cut)
			}
		}})
		if err != nil {
			t.Fatal(err)
		}
		if !slices.ContainsFunc(res.Report.Inputs, func(n geo.Notice) bool {
			return strings.HasSuffix(n.File, "DLTB.dbf") && strings.Contains(n.Message.EN, "asterisks")
		}) {
			t.Errorf("late: %t: the report does not tell of the lost figures: %v", late, res.Report.Inputs)
		}
		json, err := report.ByName("json")
		if err != nil {
			t.Fatal(err)
		}
		var b bytes.Buffer
		if err := json.Write(&b, report.Input{Report: res.Report, Ledger: res.Ledger}); err != nil {
			t.Fatal(err)
		}
		return b.Bytes()
	}
	if !bytes.Equal(written(false), written(true)) {
		t.Error("the report depends on how fast the base data was read")
	}
}

// lateLayer is a layer whose bytes are read well after the changes are cut.
type lateLayer struct {
	geo.Layer
	cut <-chan struct{}
}

func (l lateLayer) Digest(ctx context.Context) (string, error) {
	<-l.cut
	time.Sleep(100 * time.Millisecond)
	return l.Layer.Digest(ctx)
}

// damage fills a field of the last record of a table with asterisks.
func damage(t *testing.T, path, field string) {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	header, width := int(data[8])|int(data[9])<<8, int(data[10])|int(data[11])<<8
	records := int(data[4]) | int(data[5])<<8 | int(data[6])<<16 | int(data[7])<<24
	offset := header + (records-1)*width + 1
	for at := 32; data[at] != 0x0d; at += 32 {
		size := int(data[at+16])
		if name, _, _ := strings.Cut(string(data[at:at+11]), "\x00"); name == field {
			copy(data[offset:offset+size], strings.Repeat("*", size))
			if err := os.WriteFile(path, data, 0o600); err != nil {
				t.Fatal(err)
			}
			return
		}
		offset += size
	}
	t.Fatalf("%s has no field %s", path, field)
}
