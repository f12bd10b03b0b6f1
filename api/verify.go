package api

import (
	"errors"
	"io"
	"mime"
	"mime/multipart"
	"net/http"

	"landcheck/api/access"
	"landcheck/api/problem"
	"landcheck/api/request"
	"landcheck/api/store"
	"landcheck/geo"
	"landcheck/rules/domain"
	"landcheck/rules/papercode"
	"landcheck/rules/passport"

	"github.com/labstack/echo/v4"
)

// Parts of a request to verify, and how many bytes each may have. Nothing of
// them is kept.
var verifyParts = map[string]int64{
	"report": maxVerified, "passport": 1 << 20, "key": 64 << 10, "code": 100, "plan": 100,
}

const maxVerified = 64 << 20 // bytes of a report

// verification is whether a report belongs to what it was held against.
type verification struct {
	Belong  bool           `json:"belong"`
	Message geo.Text       `json:"message"` // in one line
	Wrong   []geo.Text     `json:"wrong"`   // each thing that does not belong
	Code    string         `json:"code"`    // the report's own short code
	Verdict domain.Verdict `json:"verdict"`
	Key     *passport.Key  `json:"key,omitempty"` // by which the signature was verified; nil where none was
}

// verify says whether a report, its passport, a printed code and a plan of the
// service belong together: the same as landcheck verify.
func (s *Server) verify(c echo.Context) error {
	if q := request.Parameters(c); q.Err != nil {
		return q.Err
	}
	if c.Request().ContentLength > maxVerified {
		return problem.TooLarge(maxVerified)
	}
	leave, ok := s.writing.Wait(c.Request().Context(), access.Who(c).Key()) // a report in memory takes some times its size
	if !ok {
		return c.Request().Context().Err()
	}
	defer leave()
	settle, err := s.mayUpload(c)
	if err != nil {
		return err
	}
	defer settle()
	c.Request().Body = http.MaxBytesReader(c.Response(), c.Request().Body, maxVerified)
	parts, err := readParts(c.Request(), verifyParts)
	if err != nil {
		return err
	}
	answer, about, err := s.held(c, parts)
	if err != nil {
		return err
	}
	county := about.Plan.County // which the report says: nobody writes into a trail that is not his
	if !access.Who(c).Sees(county) {
		county = ""
	}
	if err := s.record(c, "verify", answer.Code, county, about.Report.SHA256); err != nil {
		return err
	}
	return c.JSON(http.StatusOK, answer)
}

// held holds the parts of a request against each other.
func (s *Server) held(c echo.Context, parts map[string][]byte) (v verification, about *passport.Passport, err error) {
	written := parts["report"]
	if len(written) == 0 {
		return v, nil, missingPart("report", geo.Text{ZH: "请附上 .json 报告", EN: "Send the .json report"})
	}
	if parts["passport"] == nil && parts["code"] == nil {
		return v, nil, missingPart("passport", geo.Text{ZH: "请附上通行证（.passport.json），或打印件上的核验码 code", EN: "Send the passport (.passport.json), or the code that stands on the printed report"})
	}
	digest, err := s.planDigest(c, string(parts["plan"]))
	if err != nil {
		return v, nil, err
	}
	if about, err = passport.Describe(written); err != nil {
		return v, nil, inPart(err, "report")
	}
	v.Code, v.Verdict = about.Code, about.Verdict
	var held passport.Parts
	if typed := parts["code"]; typed != nil {
		held.Paper = true
		code, err := papercode.Parse(string(typed))
		if err != nil {
			return v, nil, inPart(err, "code")
		}
		if v.Wrong, err = passport.HoldCode(written, code); err != nil {
			return v, nil, inPart(err, "report")
		}
	}
	held.Plan = digest != ""
	var sealed *passport.Passport
	if parts["passport"] != nil {
		key, err := s.verifyingKey(parts["key"])
		if err != nil {
			return v, nil, err
		}
		if sealed, err = passport.Decode(parts["passport"]); err != nil {
			return v, nil, inPart(err, "passport")
		}
		others, err := sealed.Verify(key, passport.Held{Report: written, Plan: digest})
		if err != nil {
			return v, nil, inPart(err, "report")
		}
		name := key.Name()
		v.Key, v.Wrong = &name, append(v.Wrong, others...)
	} else if held.Plan && digest != about.Plan.Digest {
		v.Wrong = append(v.Wrong, about.OtherPlan(digest))
	}
	if v.Wrong == nil {
		v.Wrong = []geo.Text{}
	}
	v.Belong, v.Message = len(v.Wrong) == 0, held.Answer(v.Wrong, sealed)
	return v, about, nil
}

// verifyingKey is the key of a request, else the service's own.
func (s *Server) verifyingKey(sent []byte) (*passport.PublicKey, error) {
	if sent != nil {
		key, err := passport.ReadPublicKey(sent)
		return key, inPart(err, "key")
	}
	if s.Key == nil {
		return nil, inPart(&geo.InputError{Message: geo.Text{ZH: "没有公钥，验不了签名", EN: "there is no public key to verify the signature by"}, Advice: geo.Text{ZH: "请附上出具单位的公钥（PEM）", EN: "Send the public key of whoever issued the report (PEM)"}}, "key")
	}
	return s.Key.Public(), nil
}

// planDigest is that of a plan of the service that the caller sees, as a check of
// it found it; "" for no id.
func (s *Server) planDigest(c echo.Context, id string) (string, error) {
	if id == "" {
		return "", nil
	}
	p, err := s.planOf(c, id)
	if err != nil {
		return "", err
	}
	done, err := s.Store.ListChecks(c.Request().Context(), store.Query{Prefix: access.Who(c).Prefix, Plan: p.ID, State: store.Done, Limit: 1})
	if err != nil {
		return "", err
	}
	if len(done) == 0 {
		return "", &problem.Error{Status: http.StatusConflict, Kind: "conflict", Field: "plan",
			Detail: geo.Text{ZH: "方案还没有核查过", EN: "the plan was not checked yet"}, Advice: geo.Text{ZH: "请先核查该方案", EN: "Check it first"}}
	}
	o, err := s.readOverview(c, done[0])
	if err != nil {
		return "", err
	}
	return o.Plan.Digest, nil
}

func missingPart(name string, advice geo.Text) error {
	return problem.BadBody(name, geo.Textf("表单里没有 %q", "the form has no %q", name), advice)
}

// inPart says of an input error in which part of the form it is.
func inPart(err error, part string) error {
	if f, ok := geo.AsInputError(err); ok {
		return &problem.Error{Status: http.StatusUnprocessableEntity, Kind: "bad-report", Field: part, Detail: f.Message, Advice: f.Advice, Cause: err}
	}
	return err
}

// readParts reads a form whose parts have these names, each at most once, and no
// more bytes than that.
func readParts(r *http.Request, most map[string]int64) (map[string][]byte, error) {
	said := r.Header.Get(echo.HeaderContentType)
	if kind, _, err := mime.ParseMediaType(said); err != nil || kind != echo.MIMEMultipartForm {
		return nil, &problem.Error{Status: http.StatusUnsupportedMediaType, Kind: "unsupported-media-type",
			Detail: geo.Textf("不接受 %q", "%q is not taken", said), Advice: geo.Text{ZH: "请用 multipart/form-data 发送表单", EN: "Send a form (multipart/form-data)"}}
	}
	r.Body = formBody(r.Body)
	form, err := r.MultipartReader()
	if err != nil {
		return nil, badForm(err)
	}
	parts := map[string][]byte{}
	for {
		part, err := form.NextPart()
		if errors.Is(err, io.EOF) {
			return parts, nil
		}
		if err != nil {
			return nil, badForm(err)
		}
		if err := readPart(part, parts, most); err != nil {
			return nil, err
		}
	}
}

func readPart(part *multipart.Part, into map[string][]byte, most map[string]int64) error {
	name := part.FormName()
	limit, known := most[name]
	switch _, twice := into[name]; {
	case !known:
		return problem.BadBody(name, geo.Textf("表单里不应有 %q", "the form has %q, which is not asked for", name), geo.Text{ZH: "各项名称见 /openapi.json", EN: "The parts are in /openapi.json"})
	case twice:
		return problem.BadBody(name, geo.Textf("表单里有两个 %q", "the form has %q twice", name), geo.Text{ZH: "每项只能有一个", EN: "Send each part once"})
	}
	data, err := io.ReadAll(io.LimitReader(part, limit+1))
	if err != nil {
		return badForm(err)
	}
	if int64(len(data)) > limit {
		return problem.TooLarge(limit)
	}
	into[name] = data
	return nil
}
