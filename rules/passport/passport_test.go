package passport

import (
	"bytes"
	"crypto/ed25519"
	"crypto/rand"
	"crypto/x509"
	"encoding/base64"
	"encoding/json"
	"encoding/pem"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"landcheck/geo"
	"landcheck/rules/domain"
	"landcheck/rules/report"
	"landcheck/rules/result"

	"github.com/emmansun/gmsm/sm2"
	"github.com/emmansun/gmsm/smx509"
)

// written is a report's file.
func written(t testing.TB) []byte {
	t.Helper()
	r := &result.Report{Schema: result.Schema, Verdict: domain.Violations,
		Plan:     result.PlanInfo{Code: "150123-01", Name: "示例", County: "150123", Stage: "proposal", Digest: "sha256:aa", CRS: "EPSG:4525"},
		Base:     result.BaseInfo{Source: "files", Layers: []result.LayerInfo{{Role: "pbf", Name: "YJJBNTTB", Features: 3, Digest: "sha256:bb"}}},
		Rulebook: result.BookInfo{ID: "nmg-2025", Digest: "sha256:cc"}, Engine: result.EngineInfo{Version: "1.0", GEOS: "3.11.1"}}
	format, err := report.ByName("json")
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := format.Write(&b, report.Input{Report: r}); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// keys are one of each algorithm, read back from PEM as openssl writes it.
func keys(t testing.TB) (all []*PrivateKey) {
	t.Helper()
	_, ed, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	edDER, err := x509.MarshalPKCS8PrivateKey(ed)
	if err != nil {
		t.Fatal(err)
	}
	gm, err := sm2.GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	gmDER, err := smx509.MarshalPKCS8PrivateKey(gm)
	if err != nil {
		t.Fatal(err)
	}
	for _, der := range [][]byte{edDER, gmDER} {
		key, err := ReadPrivateKey(pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: der}))
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, key)
	}
	return all
}

func public(t testing.TB, key *PrivateKey) *PublicKey {
	t.Helper()
	p, err := ReadPublicKey(key.Public().PEM())
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func sealed(t testing.TB, file []byte, key *PrivateKey) []byte {
	t.Helper()
	p, err := Of(file, key)
	if err != nil {
		t.Fatal(err)
	}
	data, err := p.Encode()
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// verified is what Verify says, in English; an error of reading is one thing wrong.
func verified(t testing.TB, data []byte, key *PublicKey, h Held) string {
	t.Helper()
	p, err := Decode(data)
	if err != nil {
		return err.Error()
	}
	wrong, err := p.Verify(key, h)
	if err != nil {
		return err.Error()
	}
	var all []string
	for _, w := range wrong {
		all = append(all, w.EN)
	}
	return strings.Join(all, "; ")
}

func TestVerify(t *testing.T) {
	file := written(t)
	layers := []result.LayerInfo{{Role: "pbf", Name: "YJJBNTTB", Digest: "sha256:bb"}}
	all := keys(t)
	for i, key := range all {
		data, pub := sealed(t, file, key), public(t, key)
		for _, c := range []struct {
			name string
			key  *PublicKey
			held Held
			says string
		}{
			{"the report", pub, Held{Report: file}, ""},
			{"plan and base", pub, Held{file, "sha256:aa", layers}, ""},
			{"another plan", pub, Held{file, "sha256:ab", layers}, "the plan is another (sha256:aa when signed, now sha256:ab)"},
			{"another layer", pub, Held{file, "", []result.LayerInfo{{Role: "pbf", Name: "YJJBNTTB", Digest: "sha256:bd"}}}, "base layer YJJBNTTB is another"},
			{"no layers", pub, Held{file, "", []result.LayerInfo{}}, "the base data lacks layer YJJBNTTB"},
			{"another report", pub, Held{Report: bytes.Replace(file, []byte("示例"), []byte("另一"), 1)}, "the report is not the one that was signed"},
			{"another key", public(t, all[1-i]), Held{Report: file}, "signed with another key"},
			{"no report", pub, Held{Report: []byte("{}")}, "not a landcheck-report/1 report"},
		} {
			if got := verified(t, data, c.key, c.held); c.says == "" && got != "" || !strings.Contains(got, c.says) {
				t.Errorf("%s, %s: %q, want %q", key.public.algorithm, c.name, got, c.says)
			}
		}
	}
}

// Whatever is changed in a passport shows: every field, and every byte of the
// signature.
func TestChangesShow(t *testing.T) {
	file := written(t)
	for _, key := range keys(t) {
		data, pub := sealed(t, file, key), public(t, key)
		var tree map[string]any
		if err := json.Unmarshal(data, &tree); err != nil {
			t.Fatal(err)
		}
		n := 0
		var change func(v any, put func(any))
		try := func(what any) {
			n++
			changed, err := json.Marshal(tree)
			if err != nil {
				t.Fatal(err)
			}
			if verified(t, changed, pub, Held{Report: file}) == "" {
				t.Errorf("%s: %v was changed unseen", key.public.algorithm, what)
			}
		}
		change = func(v any, put func(any)) {
			switch v := v.(type) {
			case map[string]any:
				for k, of := range v {
					change(of, func(to any) { v[k] = to })
				}
			case []any:
				for i, of := range v {
					change(of, func(to any) { v[i] = to })
				}
			case string:
				put(v + "x")
				try(v)
				put(v)
			case float64:
				put(v + 1)
				try(v)
				put(v)
			}
		}
		signature, err := base64.StdEncoding.DecodeString(tree["signature"].(string))
		if err != nil {
			t.Fatal(err)
		}
		for i := range signature {
			bad := slices.Clone(signature)
			bad[i] ^= 1
			tree["signature"] = bad
			try(i)
		}
		tree["signature"] = signature
		change(tree, nil)
		if n < 80 {
			t.Errorf("%d changes", n)
		}
	}
}

// TestOpenSSL: another program verifies the signatures, over the passport's compact
// JSON without its signature.
func TestOpenSSL(t *testing.T) {
	if _, err := exec.LookPath("openssl"); err != nil {
		t.Skip("openssl is not installed")
	}
	file := written(t)
	for _, key := range keys(t) {
		p, err := Of(file, key)
		if err != nil {
			t.Fatal(err)
		}
		message, err := p.signed()
		if err != nil {
			t.Fatal(err)
		}
		dir := t.TempDir()
		put := func(name string, data []byte) string {
			path := filepath.Join(dir, name)
			if err := os.WriteFile(path, data, 0o600); err != nil {
				t.Fatal(err)
			}
			return path
		}
		args := []string{"pkeyutl", "-verify", "-pubin", "-inkey", put("key.pub", key.Public().PEM()), "-rawin", "-in", put("message", message), "-sigfile", put("signature", p.Signature)}
		if key.public.algorithm == SM2WithSM3 {
			args = append(args, "-digest", "sm3", "-pkeyopt", "distid:1234567812345678")
		}
		if out, err := exec.CommandContext(t.Context(), "openssl", args...).CombinedOutput(); err != nil {
			t.Errorf("%s: %v %s", key.public.algorithm, err, out)
		}
	}
}

func TestKeysRefused(t *testing.T) {
	rsa := "-----BEGIN PUBLIC KEY-----\nMFwwDQYJKoZIhvcNAQEBBQADSwAwSAJBAKtBY4pWTnoMFmVl2XKPZcGTFQ6GXB5V\nUZWFLxmSfmzl7LfGJSG5Kr6uQpCOH3SlUfQpBOCJ2QVnlnSpHN7CAwEAAQ==\n-----END PUBLIC KEY-----\n"
	for _, text := range []string{"", "x", rsa, "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n"} {
		_, err := ReadPublicKey([]byte(text))
		_, other := ReadPrivateKey([]byte(text))
		for _, err := range []error{err, other} {
			if f, ok := geo.AsInputError(err); !ok || f.Advice.IsZero() {
				t.Errorf("%.30q: %v", text, err)
			}
		}
	}
}

func FuzzDecode(f *testing.F) {
	file := written(f)
	key := keys(f)[0]
	f.Add(sealed(f, file, key))
	f.Add([]byte(`{"schema":"landcheck-passport/1"}`))
	pub := public(f, key)
	whole := sealed(f, file, key)
	f.Fuzz(func(t *testing.T, data []byte) {
		p, err := Decode(data)
		if err != nil {
			if _, ok := geo.AsInputError(err); !ok {
				t.Fatal(err)
			}
			return
		}
		again, err := p.Encode()
		if err != nil {
			t.Fatal(err)
		}
		if wrong, err := p.Verify(pub, Held{Report: file}); err == nil && len(wrong) == 0 && !bytes.Equal(again, whole) {
			t.Fatalf("%s passes", data)
		}
	})
}

func FuzzKeys(f *testing.F) {
	for _, key := range keys(f) {
		f.Add(key.Public().PEM())
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		if key, err := ReadPublicKey(text); err == nil {
			key.verify([]byte("x"), []byte("y"))
		}
		_, _ = ReadPrivateKey(text)
	})
}
