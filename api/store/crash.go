package store

import (
	"landcheck/geo"
)

// MaxCrashes is how many runs in a row a plan may end the processes of before it
// is blocked: no check of it is tried any more until somebody unblocks it.
const MaxCrashes = 2

// Blocked tells whether two checks of the plan in a row ended their processes.
func (p Plan) Blocked() bool { return p.Crashes >= MaxCrashes }

// Blocked is why checks of a blocked plan are not made; err is what the last one
// ended with, or nil.
func Blocked(err error) *geo.InputError {
	return &geo.InputError{Err: err,
		Message: geo.Textf("对该方案的核查已连续 %d 次使核查进程异常退出，不再尝试", "checks of this plan ended their process %d times in a row, so it is not tried again", MaxCrashes),
		Advice: geo.Text{ZH: "请把方案编号告诉管理员；查明原因（或放宽 --check-memory）后，管理员可用 DELETE /v1/plans/{编号}/block 恢复核查，也可修改方案后重新上传",
			EN: "Tell the administrator the id of the plan; when the cause is known (or --check-memory larger), an administrator unblocks it by DELETE /v1/plans/{id}/block. Or mend the plan and upload it anew"}}
}

// Crashed is what a run that ended its process (ErrCrashed) comes to, when it
// was the plan's n-th in a row: tried again, or the end.
func Crashed(err error, n int) error {
	if _, inputErr := geo.AsInputError(err); inputErr || n < MaxCrashes {
		return err
	}
	return Blocked(err)
}
