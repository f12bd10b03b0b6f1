package schema

import (
	"reflect"
	"slices"
	"strings"

	"landcheck/geo"
	"landcheck/rules/domain"
	"landcheck/rules/passport"
	"landcheck/rules/repair"
	"landcheck/rules/report"
	"landcheck/rules/result"
	"landcheck/rules/room"
	"landcheck/rules/roomreport"
)

// reportFile is a report in JSON, as this version writes it. Its objects are open:
// fields may be added to them at any time.
func reportFile(words) Schema {
	s := written(reflect.TypeFor[result.Report]())
	s["properties"].(map[string]Schema)["schema"] = Schema{"const": result.Schema}
	return s
}

// passportFile is what landcheck sign and a service write. Whoever reads it refuses
// fields that it does not know: they would not be signed.
func passportFile(words) Schema {
	s := written(reflect.TypeFor[passport.Passport]())
	keys := s["properties"].(map[string]Schema)
	keys["schema"] = Schema{"const": passport.Schema}
	keys["code"] = Schema{"type": "string", "pattern": "^[0-9A-Z]{4}(-[0-9A-Z]{4}){2}$"}
	return s
}

// errorFile is what stands in place of a report where there is no verdict.
func errorFile(words) Schema {
	s := written(reflect.TypeFor[report.Failure]())
	s["properties"].(map[string]Schema)["schema"] = Schema{"const": report.FailureSchema}
	return s
}

// suggestionFile is what repairs a plan.
func suggestionFile(words) Schema {
	s := written(reflect.TypeFor[repair.Set]())
	s["properties"].(map[string]Schema)["schema"] = Schema{"const": repair.Schema}
	return s
}

// roomFile is what there is to move.
func roomFile(words) Schema {
	s := written(reflect.TypeFor[roomreport.Document]())
	s["properties"].(map[string]Schema)["schema"] = Schema{"const": roomreport.Schema}
	return s
}

// summaryFile is what several packages come to.
func summaryFile(w words) Schema {
	s := written(reflect.TypeFor[report.BatchSummary]())
	keys := s["properties"].(map[string]Schema)
	keys["schema"] = Schema{"const": report.BatchSchema}
	one := keys["packages"]["items"].(Schema)
	one["properties"].(map[string]Schema)["report"] = reportFile(w)
	one["properties"].(map[string]Schema)["error"] = errorFile(w)
	one["oneOf"] = []any{Schema{"required": []string{"report"}}, Schema{"required": []string{"error"}}}
	return s
}

// written is the schema of what encoding/json writes of a type.
func written(t reflect.Type) Schema {
	switch t {
	case reflect.TypeFor[domain.Verdict]():
		return oneOf(slices.Concat(domain.Verdicts(), domain.LayerVerdicts()))
	case reflect.TypeFor[domain.Status]():
		return oneOf(domain.Statuses())
	case reflect.TypeFor[domain.Level]():
		return oneOf(domain.Levels())
	case reflect.TypeFor[geo.Severity]():
		return oneOf(domain.Severities())
	case reflect.TypeFor[result.ReservationKind]():
		return oneOf([]result.ReservationKind{result.Unchecked, result.UnreadFile, result.LeftOutSlivers, result.DoubtfulBase, result.BeyondCounty, result.NoPlan})
	case reflect.TypeFor[room.Kind]():
		return oneOf(room.Kinds())
	case reflect.TypeFor[room.Check]():
		return oneOf(room.Checks())
	case reflect.TypeFor[report.FailureCode]():
		return oneOf(report.FailureCodes())
	case reflect.TypeFor[geo.Input]():
		return oneOf(append(geo.Inputs(), ""))
	case reflect.TypeFor[result.PaperState]():
		return oneOf(result.PaperStates())
	case reflect.TypeFor[result.BaselineState]():
		return oneOf([]result.BaselineState{result.NewFinding, result.KnownFinding})
	case reflect.TypeFor[repair.Action]():
		return oneOf(repair.Actions())
	case reflect.TypeFor[[]byte]():
		return Schema{"type": "string", "contentEncoding": "base64"}
	case reflect.TypeFor[result.Geometry]():
		return multiPolygon()
	}
	switch t.Kind() {
	case reflect.Pointer:
		return written(t.Elem())
	case reflect.Slice, reflect.Array:
		return list(written(t.Elem()))
	case reflect.Map:
		return mapping(written(t.Elem()))
	case reflect.Bool:
		return Schema{"type": "boolean"}
	case reflect.Int, reflect.Int64:
		return Schema{"type": "integer"}
	case reflect.Float64:
		return Schema{"type": "number"}
	case reflect.String:
		return Schema{"type": "string"}
	case reflect.Struct:
		return writtenStruct(t)
	}
	panic("rules/schema: no schema of " + t.String())
}

func writtenStruct(t reflect.Type) Schema {
	keys, required := map[string]Schema{}, []string{}
	for _, f := range reflect.VisibleFields(t) {
		if f.Anonymous || len(f.Index) > 1 && f.Tag.Get("json") == "" {
			continue // encoding/json writes the fields of an embedded struct in its place
		}
		name, opt, _ := strings.Cut(f.Tag.Get("json"), ",")
		if name == "-" || !f.IsExported() {
			continue
		}
		one := written(f.Type)
		if opt != "omitempty" {
			required = append(required, name)
			if f.Type.Kind() == reflect.Pointer { // an unknown figure
				one = Schema{"anyOf": []any{one, Schema{"type": "null"}}}
			}
		}
		keys[name] = one
	}
	s := object(keys, required...)
	s["additionalProperties"] = true
	return s
}

func multiPolygon() Schema {
	position := list(Schema{"type": "number"})
	position["minItems"], position["maxItems"] = 2, 2
	s := object(map[string]Schema{"type": {"const": "MultiPolygon"}, "coordinates": list(list(list(position)))}, "type", "coordinates")
	return s
}
