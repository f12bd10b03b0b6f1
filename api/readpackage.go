package api

import (
	"context"
	"errors"
	"net/http"
	"time"

	"landcheck/api/problem"
	"landcheck/api/subprocess"
	"landcheck/geo"
	"landcheck/geo/guard"
)

// readPackage reads an uploaded package, in a process of its own where there
// are Children: what is in it was made by anybody. So many are read at one time,
// of one caller at most half; the others wait for their turn, not for ever.
func (s *Server) readPackage(ctx context.Context, path, caller string) (out readDone, err error) {
	turn, cancel := context.WithTimeoutCause(ctx, s.Limits.ReadTime, manyReadings)
	defer cancel()
	leave, ok := s.readers.Wait(turn, caller)
	if !ok {
		return out, context.Cause(turn)
	}
	defer leave()
	ctx, cancel = context.WithTimeoutCause(ctx, s.Limits.ReadTime, readTooLong(s.Limits.ReadTime))
	defer cancel()
	j := &readJob{Package: path, Limits: s.Limits.Plan}
	if s.Children == nil {
		err = guard.Do("reading a package", func() (err error) {
			out, err = j.run(ctx)
			return err
		})
	} else {
		var end subprocess.End
		end, err = s.Children.Run(ctx, subprocess.Task{Body: childTask{Read: j}}, &out)
		s.ended("read", "", end)
		err = s.unread(end, err)
	}
	if err != nil && ctx.Err() != nil {
		err = context.Cause(ctx)
	}
	return out, err
}

// unread turns the end of a child that reads a package into an answer.
func (s *Server) unread(end subprocess.End, err error) error {
	var ended *subprocess.Ended
	if !errors.As(err, &ended) {
		return err
	}
	switch end.How {
	case subprocess.Memory:
		return &geo.InputError{Err: err,
			Message: geo.Textf("读取方案需要的内存超过 %s", "reading the plan needs more than %s of memory", bytesOf(s.Limits.CheckMemory)),
			Advice:  splitOrMemory}
	case subprocess.Crash:
		return &geo.InputError{Err: err,
			Message: geo.Text{ZH: "读取方案的进程异常退出，方案没有收下", EN: "the process that read the plan broke down; the plan was not kept"},
			Advice: geo.Text{ZH: "请检查文件是否损坏并重新导出；再次出现时请把请求编号（X-Request-Id）告诉管理员",
				EN: "See that the files are whole and export them anew; if it comes back, tell the administrator the request's id (X-Request-Id)"}}
	}
	return problem.Unavailable(err)
}

func readTooLong(limit time.Duration) error {
	return &geo.InputError{
		Message: geo.Textf("读取方案没有在 %s 内完成", "reading the plan did not end within %s", limit),
		Advice:  geo.Text{ZH: "请按子项目拆分方案，或请管理员放宽 --read-time", EN: "Split the plan by sub-project, or ask the administrator for a longer --read-time"}}
}

// manyReadings is for an upload whose turn did not come.
var manyReadings = &problem.Error{Status: http.StatusServiceUnavailable, Kind: "busy", Retry: 10 * time.Second,
	Detail: geo.Text{ZH: "同时上传的大方案太多", EN: "too many large plans are being uploaded"},
	Advice: geo.Text{ZH: "请稍后重新上传", EN: "Upload it again shortly"}}
