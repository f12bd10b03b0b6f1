package inplace

import (
	"runtime"
	"runtime/debug"

	"landcheck/geo"
	"landcheck/geo/transient"
)

// Guard runs a reading of mapped bytes. If the file has been cut short since
// it was mapped, the kernel answers with SIGBUS; that becomes a fault here
// instead of the end of the process.
func Guard(record int, read func() error) (err error) {
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	defer func() {
		r := recover()
		if r == nil {
			return
		}
		lost, ok := r.(interface {
			runtime.Error
			Addr() uintptr
		})
		if !ok {
			panic(r)
		}
		err = Changed(record, lost)
	}()
	return read()
}

// Changed is the error of a file that is no longer what it was when it was mapped.
func Changed(record int, cause error) *geo.InputError {
	return &geo.InputError{
		Record:  record,
		Message: geo.Textf("读取时文件被改动或变短", "the file was changed or cut short while it was read"),
		Advice:  geo.Textf("请待复制或导出完成后再核查", "Check again when copying or exporting has finished"),
		Err:     transient.Replaced(cause),
	}
}
