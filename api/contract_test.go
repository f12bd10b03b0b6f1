package api_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"mime"
	"net/http"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"

	"landcheck/api/openapi"

	"github.com/santhosh-tekuri/jsonschema/v6"
)

// contract is the description, held against every answer of the suite.
type contract struct {
	operations []operation

	mutex sync.Mutex
	seen  map[string]bool // promise → seen
}

// operation is one method of one address.
type operation struct {
	method, address string
	form            *regexp.Regexp
	answers         map[int]promised
}

// promised is one answer of an operation.
type promised struct {
	headers map[string]header
	bodies  map[string]*jsonschema.Schema // by media type; nil: anything
}

type header struct {
	required bool
	schema   *jsonschema.Schema
}

const documentURL = "file:///openapi.json"

func newContract() (*contract, error) {
	data, err := openapi.Document(version)
	if err != nil {
		return nil, err
	}
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(data))
	if err != nil {
		return nil, err
	}
	root := doc.(map[string]any)
	close := func(v map[string]any) { tighten(v) }
	walk(root["components"].(map[string]any)["schemas"], close)
	walk(root["paths"], close)
	compiler := jsonschema.NewCompiler()
	compiler.DefaultDraft(jsonschema.Draft2020)
	compiler.AssertFormat()
	compiler.AssertContent()
	if err := compiler.AddResource(documentURL, doc); err != nil {
		return nil, err
	}
	c := &contract{seen: map[string]bool{}}
	for address, item := range root["paths"].(map[string]any) {
		for method, op := range item.(map[string]any) {
			if op, ok := op.(map[string]any); ok {
				o, err := readOperation(root, compiler, method, address, op)
				if err != nil {
					return nil, fmt.Errorf("%s %s: %w", method, address, err)
				}
				c.operations = append(c.operations, o)
			}
		}
	}
	slices.SortFunc(c.operations, func(a, b operation) int {
		return strings.Compare(a.address+" "+a.method, b.address+" "+b.method)
	})
	for _, o := range c.operations {
		for status, p := range o.answers {
			for media := range p.bodies {
				c.seen[key(o, status, media)] = false
			}
			if len(p.bodies) == 0 {
				c.seen[key(o, status, "")] = false
			}
		}
	}
	return c, nil
}

func key(o operation, status int, media string) string {
	return strings.TrimSpace(fmt.Sprint(o.method, " ", o.address, " → ", status, " ", media))
}

// walk visits every object of a piece of JSON.
func walk(v any, visit func(map[string]any)) {
	switch v := v.(type) {
	case map[string]any:
		visit(v)
		for _, one := range v {
			walk(one, visit)
		}
	case []any:
		for _, one := range v {
			walk(one, visit)
		}
	}
}

// tighten closes the schemas that do not say that they are open: callers must
// expect new fields, but here a field that nobody described is a mistake.
func tighten(schema map[string]any) {
	if all, ok := schema["allOf"].([]any); ok {
		schema["unevaluatedProperties"] = false
		for _, part := range all {
			if part, ok := part.(map[string]any); ok && part["properties"] != nil {
				part["additionalProperties"] = true
			}
		}
		return
	}
	if _, open := schema["additionalProperties"]; !open && schema["type"] == "object" && schema["properties"] != nil {
		schema["additionalProperties"] = false
	}
}

func readOperation(root map[string]any, compiler *jsonschema.Compiler, method, address string, op map[string]any) (operation, error) {
	o := operation{method: strings.ToUpper(method), address: address, answers: map[int]promised{},
		form: regexp.MustCompile("^" + parameterForm.ReplaceAllString(regexp.QuoteMeta(address), "[^/]+") + "$")}
	compile := func(pointer string) (*jsonschema.Schema, error) { return compiler.Compile(documentURL + "#" + pointer) }
	for code, response := range op["responses"].(map[string]any) {
		status, err := strconv.Atoi(code)
		if err != nil {
			return o, fmt.Errorf("status %q", code)
		}
		at := pointer("paths", address, method, "responses", code)
		answer := resolve(root, response.(map[string]any), &at)
		p := promised{headers: map[string]header{}, bodies: map[string]*jsonschema.Schema{}}
		headers, _ := answer["headers"].(map[string]any)
		for name, h := range headers {
			place := at + pointer("headers", name)
			h := resolve(root, h.(map[string]any), &place)
			schema, err := compile(place + "/schema")
			if err != nil {
				return o, err
			}
			p.headers[name] = header{required: h["required"] == true, schema: schema}
		}
		content, _ := answer["content"].(map[string]any)
		for media, body := range content {
			p.bodies[media] = nil
			if body.(map[string]any)["schema"] == nil {
				continue
			}
			if p.bodies[media], err = compile(at + pointer("content", media, "schema")); err != nil {
				return o, err
			}
		}
		o.answers[status] = p
	}
	return o, nil
}

var parameterForm = regexp.MustCompile(`\\\{[a-z]+\\\}`)

func pointer(elements ...string) string {
	var b strings.Builder
	for _, e := range elements {
		b.WriteString("/" + strings.NewReplacer("~", "~0", "/", "~1", "{", "%7B", "}", "%7D").Replace(e))
	}
	return b.String()
}

// resolve follows a reference within the document and says where it led.
func resolve(root, v map[string]any, at *string) map[string]any {
	ref, ok := v["$ref"].(string)
	if !ok {
		return v
	}
	*at = strings.TrimPrefix(ref, "#")
	var here any = root
	for _, e := range strings.Split(strings.TrimPrefix(ref, "#/"), "/") {
		here = here.(map[string]any)[e]
	}
	return here.(map[string]any)
}

// find is the operation of a request, nil where there is none. An address
// without parameters goes before one with.
func (c *contract) find(r *http.Request) *operation {
	for i := range c.operations {
		if o := &c.operations[i]; o.method == r.Method && o.address == r.URL.Path {
			return o
		}
	}
	for i := range c.operations {
		if o := &c.operations[i]; o.method == r.Method && o.form.MatchString(r.URL.EscapedPath()) {
			return o
		}
	}
	return nil
}

// check holds an answer against what was promised.
func (c *contract) check(r *http.Response, body []byte) error {
	o := c.find(r.Request)
	if o == nil {
		if r.StatusCode == http.StatusNotFound || r.StatusCode == http.StatusMethodNotAllowed || r.StatusCode == http.StatusUnauthorized {
			return nil // no such address
		}
		return fmt.Errorf("%s %s answers %d and is not in the description", r.Request.Method, r.Request.URL.Path, r.StatusCode)
	}
	fail := func(format string, args ...any) error {
		return fmt.Errorf("%s %s → %d: %s", r.Request.Method, r.Request.URL, r.StatusCode, fmt.Sprintf(format, args...))
	}
	p, ok := o.answers[r.StatusCode]
	if !ok {
		return fail("the status is not in the description: %.300s", body)
	}
	for name, h := range p.headers {
		value := r.Header.Get(name)
		switch {
		case value == "" && h.required:
			return fail("there is no header %s", name)
		case value != "":
			if err := h.schema.Validate(value); err != nil {
				return fail("header %s is %q: %v", name, value, err)
			}
		}
	}
	media := ""
	if said := r.Header.Get("Content-Type"); said != "" {
		var err error
		if media, _, err = mime.ParseMediaType(said); err != nil {
			return fail("Content-Type %q: %v", said, err)
		}
	}
	if len(p.bodies) == 0 {
		if len(body) > 0 {
			return fail("a body of %d bytes is not in the description", len(body))
		}
		c.note(key(*o, r.StatusCode, ""))
		return nil
	}
	schema, ok := p.bodies[media]
	if !ok {
		return fail("the type %q is not in the description", media)
	}
	c.note(key(*o, r.StatusCode, media))
	if schema == nil || media == "text/event-stream" { // its events are checked as they are read
		return nil
	}
	var value any = string(body)
	if strings.HasSuffix(media, "json") {
		var err error
		if value, err = jsonschema.UnmarshalJSON(bytes.NewReader(body)); err != nil {
			return fail("the body is no JSON: %v", err)
		}
	}
	if err := schema.Validate(value); err != nil {
		shown, _ := json.Marshal(value)
		return fail("the body is not as described: %v\n%.2000s", err, shown)
	}
	return nil
}

// checkEvent holds an event of a stream of checks against its schema, its data
// too.
func (c *contract) checkEvent(e map[string]any) error {
	for _, o := range c.operations {
		if schema := o.answers[http.StatusOK].bodies["text/event-stream"]; schema != nil {
			return schema.Validate(e)
		}
	}
	return errors.New("no stream is described")
}

func (c *contract) note(key string) {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	c.seen[key] = true
}

// unseen lists the promises that no answer kept.
func (c *contract) unseen() []string {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	var out []string
	for key, seen := range c.seen {
		if !seen {
			out = append(out, key)
		}
	}
	slices.Sort(out)
	return out
}
