package store

import "landcheck/geo"

// AdviceOf is an input error's advice, with how the service is given what it wants:
// what finds an input missing or wrong knows neither flags nor requests.
func AdviceOf(f *geo.InputError) geo.Text { return f.Advice.Then(inService(f.Wants)) }

func inService(in geo.Input) geo.Text {
	switch in {
	case geo.BaseInput:
		return geo.Text{ZH: "底图由管理员提供：请联系管理员", EN: "Base data is the administrator's to provide: ask for it"}
	case geo.SubProjectInput:
		return geo.Text{ZH: "请更正核查请求的 subprojects", EN: "Correct subprojects of the order"}
	case geo.SchemaInput:
		return geo.Text{ZH: "请管理员运行 landcheck migrate", EN: "Have the administrator run landcheck migrate"}
	}
	return geo.Text{}
}
