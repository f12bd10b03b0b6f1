package geo

// #cgo pkg-config: proj
// #include <stdlib.h>
// #include <proj.h>
//
// static void unheard(void *data, int level, const char *message) {}
//
// // make gives a projection in a context of its own, or NULL. The context has
// // no database, of which nothing is asked: all systems share a datum. To open
// // it takes 5 ms, and PROJ would complain on standard error that it is not
// // there.
// static PJ *make(const char *definition, PJ_CONTEXT **context) {
// 	const char *nowhere = "/dev/null";
// 	*context = proj_context_create();
// 	proj_log_func(*context, NULL, unheard);
// 	proj_context_set_search_paths(*context, 1, &nowhere);
// 	PJ *p = proj_create(*context, definition);
// 	if (p == NULL) proj_context_destroy(*context);
// 	return p;
// }
//
// // transform takes n places in pairs of numbers there or back, and gives the
// // error, 0 for none.
// static int transform(PJ *p, int back, double *xy, size_t n) {
// 	proj_errno_reset(p);
// 	size_t done = proj_trans_generic(p, back ? PJ_INV : PJ_FWD, xy, 16, n, xy + 1, 16, n, NULL, 0, 0, NULL, 0, 0);
// 	return done == n ? 0 : proj_errno(p);
// }
import "C"

import (
	"errors"
	"runtime"
	"unsafe"
)

// projection is a transformation by PROJ. It is bound here and not by go-proj,
// which leaves it to chance whether a transformation is freed before its
// context: the other way round ends the process. It belongs to one goroutine;
// dropping it frees it.
type projection struct{ c projectionMemory }

type projectionMemory struct {
	pj      *C.PJ
	context *C.PJ_CONTEXT
}

func newProjection(definition string) (*projection, error) {
	text := C.CString(definition)
	defer C.free(unsafe.Pointer(text))
	var m projectionMemory
	if m.pj = C.make(text, &m.context); m.pj == nil {
		return nil, errors.New("PROJ does not take " + definition)
	}
	p := &projection{m}
	runtime.AddCleanup(p, func(m projectionMemory) {
		C.proj_destroy(m.pj)
		C.proj_context_destroy(m.context)
	}, m)
	return p, nil
}

// run takes places, easting or longitude first, there or back in place. A place
// that has no counterpart becomes infinite; PROJ may also say so.
func (p *projection) run(back bool, flat []float64) error {
	if len(flat) == 0 {
		return nil
	}
	way := C.int(0)
	if back {
		way = 1
	}
	code := C.transform(p.c.pj, way, (*C.double)(&flat[0]), C.size_t(len(flat)/2))
	var err error
	if code != 0 {
		err = errors.New(C.GoString(C.proj_context_errno_string(p.c.context, code)))
	}
	runtime.KeepAlive(p)
	return err
}
