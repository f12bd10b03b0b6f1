package plan

import (
	"fmt"
	"strconv"
	"testing"
	"time"
)

func TestParseNumber(t *testing.T) {
	for text, want := range map[string]Number{
		"": {}, "  ": {}, "0": {Known: true}, "12.50": {Value: 12.5, Known: true}, " 7 ": {Value: 7, Known: true},
		"-3": {Value: -3, Known: true}, "1.5e3": {Value: 1500, Known: true},
	} {
		if got, ok := parseNumber(text); !ok || got != want {
			t.Errorf("parseNumber(%q) = %v, %v; want %v", text, got, ok, want)
		}
	}
	for _, text := range []string{"****", "NaN", "inf", "0x10", "1,5", "1_000", "12 m2", "1e999", "e", "１２"} {
		if got, ok := parseNumber(text); ok || got.Known {
			t.Errorf("parseNumber(%q) = %v", text, got)
		}
	}
}

func TestParseWhole(t *testing.T) {
	for text, want := range map[string]int{"": 0, "3": 3, "5.0": 5, " 1 ": 1} {
		if got, ok := parseWhole(text, 1, 5); !ok || got != want {
			t.Errorf("parseWhole(%q) = %d, %v", text, got, ok)
		}
	}
	for _, text := range []string{"0", "6", "2.5", "-1", "三", "1e18"} {
		if got, ok := parseWhole(text, 1, 5); ok || got != 0 {
			t.Errorf("parseWhole(%q) = %d", text, got)
		}
	}
}

func TestParseDate(t *testing.T) {
	for text, want := range map[string]string{
		"20250615": "20250615", "2025-06-15": "20250615", "2025-6-5": "20250605", "2025/06/15": "20250615",
		"2025-06-15T00:00:00Z": "20250615", "2025-06-15 08:00": "20250615", "20250615.0": "20250615",
		"20240229": "20240229", "": "", "00000000": "", "0": "",
	} {
		if got, ok := parseDate(text); !ok || got != want {
			t.Errorf("parseDate(%q) = %q, %v; want %q", text, got, ok, want)
		}
	}
	for text, want := range map[string]string{
		"2026年5月1日": "20260501", "2026年05月01日": "20260501", "2026.5.1": "20260501", "2026.05.10": "20260510", "2026年5月1": "20260501",
		"2026 年 5 月 1 日": "20260501", "２０２６０５０１": "20260501", "2026／5／1": "20260501", "2026年12月31号": "20261231",
	} {
		if got, ok := parseDate(text); !ok || got != want {
			t.Errorf("parseDate(%q) = %q, %v; want %q", text, got, ok, want)
		}
	}
	for _, text := range []string{"2026年5月", "2026年", "5月1日", "2026年2月30日", "2026.13.1", "2026.5", "日", "年月日"} {
		if got, ok := parseDate(text); ok || got != "" {
			t.Errorf("parseDate(%q) = %q, %v", text, got, ok)
		}
	}
	for _, text := range []string{"20250230", "2025-13-01", "2025", "202506", "15.06.2025", "去年", "20250615x", "99990101", "00010101"} {
		if got, ok := parseDate(text); ok || got != "" {
			t.Errorf("parseDate(%q) = %q", text, got)
		}
	}
}

func TestUnitCodes(t *testing.T) {
	if got := VillageOf(" 1501231012010000000"); got != "150123101201" {
		t.Errorf("village %q", got)
	}
	if got := TownshipOf("150123101"); got != "150123101" {
		t.Errorf("township %q", got)
	}
	if CountyOf("15012") != "" || TownshipOf("15012310X") != "" || CountyOf("150123x") != "150123" {
		t.Error("a code that is too short must be no code")
	}
}

// What is read must mean what the text says, by other ways of reading it.
func FuzzValue(f *testing.F) {
	for _, s := range []string{"20250615", "2025-6-5", "12.50", "0x1p-2", "", "1e5", "2025/06/15 12:00", "0000", "2026年5月1日", "2026.5.1"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if d, ok := parseDate(s); ok && d != "" {
			day, err := time.Parse("20060102", d)
			if err != nil || len(d) != 8 {
				t.Fatalf("date %q of %q: %v", d, s, err)
			}
			if again, ok := parseDate(day.Format("2006-01-02")); !ok || again != d {
				t.Fatalf("%q reads as %q", d, again)
			}
		}
		if n, ok := parseNumber(s); ok && n.Known {
			again, ok := parseNumber(strconv.FormatFloat(n.Value, 'g', -1, 64))
			if !ok || again != n {
				t.Fatalf("%q is %v, then %v", s, n, again)
			}
			var scanned float64
			if _, err := fmt.Sscan(s, &scanned); err != nil || scanned != n.Value {
				t.Fatalf("%q is %v, scanned %v (%v)", s, n.Value, scanned, err)
			}
		}
	})
}
