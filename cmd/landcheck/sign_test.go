package main

import (
	"bytes"
	"crypto/ed25519"
	"crypto/rand"
	"crypto/x509"
	"encoding/pem"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// A report that was signed is known again with its plan and base data, and what
// does not belong to it is named.
func TestSignAndVerify(t *testing.T) {
	dir, at := sampleDir(t), t.TempDir()
	base, plan := filepath.Join(dir, "base"), filepath.Join(dir, "plans", "02-over-five-percent.zip")
	file := func(name string) string { return filepath.Join(at, name) }
	put := func(name, kind string, der []byte, err error) string {
		t.Helper()
		if err == nil {
			err = os.WriteFile(file(name), pem.EncodeToMemory(&pem.Block{Type: kind, Bytes: der}), 0o600)
		}
		if err != nil {
			t.Fatal(err)
		}
		return file(name)
	}
	public, private, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	der, err := x509.MarshalPKCS8PrivateKey(private)
	key := put("key.pem", "PRIVATE KEY", der, err)
	der, err = x509.MarshalPKIXPublicKey(public)
	pub := put("key.pub", "PUBLIC KEY", der, err)
	report := file("report.json")
	if got := landcheck(t, "check", plan, "--base", base, "--quiet", "-o", report); got.status != exitViolations {
		t.Fatal(got.stderr)
	}
	text, err := os.ReadFile(report)
	if err != nil {
		t.Fatal(err)
	}
	edited := file("edited.json")
	if err := os.WriteFile(edited, bytes.Replace(text, []byte("violations"), []byte("compliant"), 1), 0o600); err != nil {
		t.Fatal(err)
	}
	passport := file("report.passport.json")
	for _, c := range []struct {
		args   []string
		status int
		says   string
	}{
		{[]string{"verify", report, "--key", pub}, exitBadInput, "report.passport.json"},
		{[]string{"sign", report, "--key", pub}, exitBadInput, "no private key"},
		{[]string{"sign", report, "--key", key, "-o", report}, exitBadInput, "-o"},
		{[]string{"sign", plan, "--key", key}, exitBadInput, "not a JSON report"},
		{[]string{"sign", report}, exitBadInput, "--key"},
		{[]string{"serve", "--key", pub, "--base", base}, exitBadInput, "no private key"},
		{[]string{"sign", report, "--key", key}, exitCompliant, "violations found, signed with Ed25519"},
		{[]string{"verify", report, "--key", pub}, exitCompliant, "they belong together: report, passport; violations found"},
		{[]string{"verify", report, "--key", pub, "--plan", plan, "--base", base}, exitCompliant, "report, passport, plan, base data"},
		{[]string{"verify", report, "--key", pub, "--base", base}, exitCompliant, "report, passport, base data"},
		{[]string{"verify", report, "--key", pub, "--plan", filepath.Join(dir, "plans", "01-compliant.zip")}, exitViolations, "the plan is another"},
		{[]string{"verify", report, "--key", pub, "--base", without(t, base, "STBHHX")}, exitViolations, "the base data lacks layer STBHHX"},
		{[]string{"verify", edited, "--key", pub, "--passport", passport}, exitViolations, "the report is not the one that was signed"},
		{[]string{"verify", report, "--key", key}, exitBadInput, "no public key"},
		{[]string{"verify", report, "--key", pub, "--passport", report}, exitBadInput, "not a passport"},
		{[]string{"verify", report, "--key", pub, "--plan", plan, "--base", base, "--crs", "EPSG:4525"}, exitCompliant, "report, passport, plan, base data"},
		{[]string{"verify", report, "--key", pub, "--crs", "EPSG:3857"}, exitBadInput, "3857"},
		{[]string{"verify", report, "--key", pub, "--base", "postgres://x/y"}, exitBadInput, "--plan"},
	} {
		got := landcheck(t, append(c.args, "--lang", "en")...)
		if got.status != c.status || !strings.Contains(got.stdout+got.stderr, c.says) || strings.Count(got.stdout, "\n") > 1 {
			t.Errorf("%q: status %d, %q %q, want %d, %q", c.args, got.status, got.stdout, got.stderr, c.status, c.says)
		}
	}
}
