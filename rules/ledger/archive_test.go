package ledger

import (
	"bytes"
	"encoding/gob"
	"reflect"
	"strings"
	"testing"

	"landcheck/geo"
	"landcheck/rules/domain"
	"landcheck/rules/plan"
)

// TestArchive: a ledger comes back as it was, its faces pointing at changes of
// its own; one that begins with no format, as an older version wrote it, is
// refused and not read with zeros for what it lacks.
func TestArchive(t *testing.T) {
	l := build(t, &plan.Plan{CRS: zone37, Changes: []plan.Change{changed(domain.LandUseChange, 1, 0, 50, field), changed(domain.PBFOut, 1, 30, 100, none)}}, memoryBase{}, 1)
	var file bytes.Buffer
	if err := l.Encode(&file); err != nil {
		t.Fatal(err)
	}
	back, err := Decode(&file)
	if err != nil || !reflect.DeepEqual(back.Faces, l.Faces) || back.Faces[0].Use != &back.Plan.Changes[0] {
		t.Fatalf("%+v, %v", back, err)
	}
	var old bytes.Buffer
	if err := gob.NewEncoder(&old).Encode(&archive{Ledger: Ledger{Plan: &plan.Plan{}}}); err != nil {
		t.Fatal(err)
	}
	_, err = Decode(&old)
	if f, ok := geo.AsInputError(err); !ok || !strings.Contains(f.Text().ZH, "请重新核查方案") {
		t.Errorf("a ledger without a format: %v", err)
	}
}
