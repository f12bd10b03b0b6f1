package main

import (
	"cmp"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"landcheck/geo"

	"golang.org/x/sys/windows"
	"golang.org/x/sys/windows/svc"
	"golang.org/x/sys/windows/svc/eventlog"
	"golang.org/x/sys/windows/svc/mgr"
)

// serviceAccount is who the service is: nobody in particular, with few rights.
const serviceAccount = `NT AUTHORITY\LocalService`

// serviceAction does what service was asked for.
func (a *app) serviceAction(action, name string, f *serviceFlags, typed []string) error {
	m, err := mgr.Connect()
	if err != nil {
		return managerError(name, err)
	}
	defer m.Disconnect()
	if action == "install" {
		return a.installService(m, name, f, typed)
	}
	s, err := m.OpenService(name)
	if err != nil {
		return managerError(name, err)
	}
	defer s.Close()
	switch action {
	case "start":
		err = a.startService(s)
	case "stop":
		if err = stopService(s); err == nil {
			a.say(geo.Textf("服务 %[1]s 已停止", "the service %[1]s has stopped", name))
		}
	case "status":
		err = a.serviceStatus(s)
	case "uninstall":
		err = a.uninstallService(s)
	}
	return managerError(name, err)
}

// managerError says in words what the manager of services refused.
func managerError(name string, err error) error {
	switch {
	case errors.Is(err, windows.ERROR_ACCESS_DENIED):
		return serviceError(err, geo.Text{ZH: "没有管理服务的权限", EN: "you may not manage services"},
			geo.Text{ZH: "请右键“命令提示符”，选“以管理员身份运行”，再试一次；不需要服务时双击 landcheck.exe 即可", EN: "Open the command prompt by “Run as administrator” and try again; without a service, double-click landcheck.exe"})
	case errors.Is(err, windows.ERROR_SERVICE_DOES_NOT_EXIST):
		return serviceError(err, geo.Textf("没有服务 %[1]s", "there is no service %[1]s", name),
			geo.Text{ZH: "请先运行 landcheck winservice install，或用 --name 写出它的名称", EN: "Run landcheck winservice install first, or give its name by --name"})
	case errors.Is(err, windows.ERROR_SERVICE_EXISTS), errors.Is(err, windows.ERROR_DUPLICATE_SERVICE_NAME):
		return serviceError(err, geo.Textf("服务 %[1]s 已经有了", "there is a service %[1]s already", name),
			geo.Text{ZH: "要更换选项，请先运行 landcheck winservice uninstall（数据不会删除）；要另装一个，请用 --name", EN: "To change its flags run landcheck winservice uninstall first (data stay); for another one give --name"})
	case errors.Is(err, windows.ERROR_SERVICE_MARKED_FOR_DELETE):
		return serviceError(err, geo.Textf("服务 %[1]s 正在删除", "the service %[1]s is being deleted", name),
			geo.Text{ZH: "请关闭“服务”窗口，再试一次", EN: "Close the window of services and try again"})
	}
	return err
}

// installService writes the service down. Its flags mean what they meant in the
// folder where they were typed.
func (a *app) installService(m *mgr.Mgr, name string, f *serviceFlags, typed []string) error {
	program, err := os.Executable()
	if err != nil {
		return err
	}
	folder, err := os.Getwd()
	if err != nil {
		return err
	}
	home, err := serviceData(name)
	if err != nil {
		return err
	}
	data := home
	if f.database != "" {
		data = ""
	} else if f.data != "" {
		data = absolute(f.data)
	}
	args := append([]string{runServiceName, name, folder, "--lang=" + a.lang}, typed...)
	if f.database == "" && f.data == "" {
		args = append(args, "--data="+data)
	}
	logFile := cmp.Or(f.logFile, filepath.Join(home, "landcheck.log"))
	if f.logFile == "" {
		args = append(args, "--log-file="+logFile)
	}
	s, err := m.CreateService(name, program, mgr.Config{
		StartType: mgr.StartAutomatic, ServiceStartName: serviceAccount,
		DisplayName: "landcheck 全域土地综合整治方案核查" + map[bool]string{true: "", false: " (" + name + ")"}[name == "landcheck"],
		Description: "landcheck serve: checks plans of comprehensive land consolidation. 核查全域土地综合整治方案。",
	}, args...)
	if err != nil {
		return managerError(name, err)
	}
	defer s.Close()
	err = s.SetRecoveryActions([]mgr.RecoveryAction{{Type: mgr.ServiceRestart, Delay: 5 * time.Second}, {Type: mgr.ServiceRestart, Delay: time.Minute}}, 24*3600)
	if errors.Is(err, windows.ERROR_INVALID_LEVEL) { // a manager that knows of none
		err = nil
	}
	err = errors.Join(err, ownDirectory(filepath.Dir(logFile)))
	if data != "" {
		err = errors.Join(err, ownDirectory(data))
	}
	if err != nil {
		return errors.Join(err, s.Delete())
	}
	// Without its source an event is shown with a sentence of Windows's before it.
	_ = eventlog.InstallAsEventCreate(name, eventlog.Info|eventlog.Warning|eventlog.Error)
	a.say(geo.Textf("服务 %[1]s 已安装，随 Windows 启动；现在启动：landcheck winservice start\n数据：%[2]s\n日志：%[3]s，事件查看器的“应用程序”里有启动和错误",
		"the service %[1]s is installed and starts with Windows; now: landcheck winservice start\ndata: %[2]s\nlog: %[3]s; starts and errors are in the Event Viewer under Application",
		name, cmp.Or(data, "PostgreSQL"), logFile))
	return nil
}

// serviceData is where a service keeps its log, and its data unless somebody says.
func serviceData(name string) (string, error) {
	dir, err := windows.KnownFolderPath(windows.FOLDERID_ProgramData, windows.KF_FLAG_DEFAULT)
	return filepath.Join(dir, name), err
}

// ownDirectory makes a directory for the service alone, with administrators; in one
// that is there already the service may write.
func ownDirectory(dir string) error {
	_, missing := os.Stat(dir)
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	rights, flags := "D:P(A;OICI;FA;;;SY)(A;OICI;FA;;;BA)(A;OICI;FA;;;LS)", windows.SECURITY_INFORMATION(windows.DACL_SECURITY_INFORMATION|windows.PROTECTED_DACL_SECURITY_INFORMATION)
	if missing == nil {
		now, err := windows.GetNamedSecurityInfo(dir, windows.SE_FILE_OBJECT, windows.DACL_SECURITY_INFORMATION)
		if err != nil {
			return fmt.Errorf("rights of %s: %w", dir, err)
		}
		return addRights(dir, now)
	}
	descriptor, err := windows.SecurityDescriptorFromString(rights)
	if err != nil {
		return err
	}
	list, _, err := descriptor.DACL()
	if err != nil {
		return err
	}
	return windows.SetNamedSecurityInfo(dir, windows.SE_FILE_OBJECT, flags, nil, nil, list, nil)
}

// addRights lets the service write in a directory, beside whoever may already.
func addRights(dir string, now *windows.SECURITY_DESCRIPTOR) error {
	before, _, err := now.DACL()
	if err != nil {
		return err
	}
	account, err := windows.CreateWellKnownSid(windows.WinLocalServiceSid)
	if err != nil {
		return err
	}
	list, err := windows.ACLFromEntries([]windows.EXPLICIT_ACCESS{{
		AccessPermissions: windows.GENERIC_ALL, AccessMode: windows.GRANT_ACCESS, Inheritance: windows.SUB_CONTAINERS_AND_OBJECTS_INHERIT,
		Trustee: windows.TRUSTEE{TrusteeForm: windows.TRUSTEE_IS_SID, TrusteeType: windows.TRUSTEE_IS_WELL_KNOWN_GROUP, TrusteeValue: windows.TrusteeValueFromSID(account)},
	}}, before)
	if err != nil {
		return err
	}
	return windows.SetNamedSecurityInfo(dir, windows.SE_FILE_OBJECT, windows.DACL_SECURITY_INFORMATION, nil, nil, list, nil)
}

// startService waits until the service answers, or ends.
func (a *app) startService(s *mgr.Service) error {
	if err := s.Start(); errors.Is(err, windows.ERROR_SERVICE_REQUEST_TIMEOUT) {
		return endedAtOnce(s, err)
	} else if err != nil && !errors.Is(err, windows.ERROR_SERVICE_ALREADY_RUNNING) {
		return err
	}
	status, err := waitFor(s, func(state svc.State) bool { return state == svc.Running || state == svc.Stopped })
	if err != nil {
		return err
	}
	if status.State != svc.Running {
		return endedAtOnce(s, nil)
	}
	a.say(geo.Textf("服务 %[1]s 已启动", "the service %[1]s runs", s.Name))
	return nil
}

func endedAtOnce(s *mgr.Service, err error) error {
	return serviceError(err, geo.Textf("服务 %[1]s 启动后又停止了", "the service %[1]s started and stopped again", s.Name),
		geo.Text{ZH: "原因见事件查看器“Windows 日志 – 应用程序”；用同样的选项运行 landcheck serve 也能看到", EN: "The Event Viewer says why (Windows Logs, Application), and so does landcheck serve with the same flags"})
}

// stopService waits until the service has drained.
func stopService(s *mgr.Service) error {
	if _, err := s.Control(svc.Stop); errors.Is(err, windows.ERROR_SERVICE_NOT_ACTIVE) {
		return nil
	} else if err != nil {
		return err
	}
	_, err := waitFor(s, func(state svc.State) bool { return state == svc.Stopped })
	return err
}

// waitFor asks for the state of a service until it is one, for some minutes.
func waitFor(s *mgr.Service, is func(svc.State) bool) (svc.Status, error) {
	for range 600 {
		status, err := s.Query()
		if err != nil || is(status.State) {
			return status, err
		}
		time.Sleep(200 * time.Millisecond)
	}
	return svc.Status{}, serviceError(nil, geo.Textf("服务 %[1]s 两分钟内没有答复", "the service %[1]s has not answered for two minutes", s.Name),
		geo.Text{ZH: "稍后用 landcheck winservice status 查看", EN: "See landcheck winservice status later"})
}

// serviceStatus says how the service is and what it runs.
func (a *app) serviceStatus(s *mgr.Service) error {
	status, err := s.Query()
	if err != nil {
		return err
	}
	config, err := s.Config()
	if err != nil && !errors.Is(err, windows.ERROR_INVALID_LEVEL) { // a manager that does not know all settings
		return err
	}
	state := map[svc.State]geo.Text{svc.Running: {ZH: "运行中", EN: "runs"}, svc.Stopped: {ZH: "已停止", EN: "stopped"},
		svc.StartPending: {ZH: "正在启动", EN: "is starting"}, svc.StopPending: {ZH: "正在停止", EN: "is stopping"}}[status.State]
	a.say(geo.Textf("服务 %[1]s：%[2]s", "service %[1]s: %[2]s", s.Name, state))
	if config.BinaryPathName != "" {
		fmt.Fprintln(a.stdout, config.BinaryPathName)
	}
	return nil
}

func (a *app) uninstallService(s *mgr.Service) error {
	if err := stopService(s); err != nil {
		return err
	}
	if err := s.Delete(); err != nil {
		return err
	}
	_ = eventlog.Remove(s.Name) // where it was not written down, nothing is
	a.say(geo.Textf("服务 %[1]s 已卸载；数据和日志没有删除", "the service %[1]s is uninstalled; data and logs stay", s.Name))
	return nil
}
