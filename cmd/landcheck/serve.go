package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"net"
	"net/netip"
	"net/url"
	"os"
	"runtime/debug"
	"slices"
	"strings"

	"landcheck/api"
	"landcheck/api/store"
	"landcheck/api/store/embedded"
	"landcheck/geo"
	"landcheck/geo/guard"

	"github.com/peterbourgon/ff/v3/ffcli"
)

// defaultData is where serve and token keep things without a database.
const defaultData = "landcheck-data"

func (a *app) serveCommand() *ffcli.Command {
	fs := a.flags("serve")
	f := serveFlags(fs)
	fs.BoolVar(&f.inBrowser, "open", false, "open the page in the browser: at a free port where the usual one is taken, or that of the service that runs already; data in the user's own directory unless --data says 在浏览器里打开")
	return &ffcli.Command{
		Name: "serve", ShortUsage: "landcheck serve [--open] [--base 150123=DIR | --database postgres://…] [flags]",
		ShortHelp: "the service: REST interface and web page 提供网络服务",
		LongHelp: "Plans are uploaded, checked and reported over HTTP. Without --database everything is kept in a directory.\n" +
			"通过 HTTP 上传、核查方案并取得报告。不用 --database 时一切存放在一个目录里。",
		FlagSet: fs, Options: options(fs),
		Exec: func(ctx context.Context, args []string) error {
			if len(args) > 0 {
				return usage("serve 不接受参数，底图用 --base 给出", "serve takes no arguments; name base data with --base")
			}
			if err := f.readServe(a); err != nil {
				return err
			}
			if os.Getenv("GOMEMLIMIT") == "" { // the collector works harder near it; nothing fails
				debug.SetMemoryLimit(f.limits.Memory())
			}
			return a.serve(ctx, f)
		},
	}
}

// serveFlags are the flags that say how a service is to run.
func serveFlags(fs *flag.FlagSet) *serviceFlags {
	f := &serviceFlags{waiting: 1000, waitingEach: 200}
	f.register(fs, processors())
	f.limitFlags.requests(&f.limits)
	f.limitFlags.number(&f.waiting, "max-waiting", "`number` of checks of one county that may wait 单个旗县排队数上限")
	f.limitFlags.number(&f.waitingEach, "max-waiting-per-caller", "`number` of checks of one token, by its name, that may wait 单个令牌的排队数上限")
	fs.StringVar(&f.listen, "listen", "127.0.0.1:8080", "`address` to serve at; without any token only this machine's own 监听地址")
	fs.StringVar(&f.data, "data", "", "without a database: `directory` for plans and reports, default "+defaultData+" 数据目录")
	fs.Var(&f.bases, "base", "without a database: base data of a county, as `150123=directory` or file ("+packageFiles()+"), or without the code where its townships tell; may be repeated 底图")
	fs.StringVar(&f.oidc.Issuer, "oidc-issuer", "", "`address` of an OpenID issuer whose tokens open the door OIDC 签发方")
	fs.StringVar(&f.oidc.Audience, "oidc-audience", "", "`audience` that its tokens must be for OIDC 受众")
	fs.StringVar(&f.oidc.Client, "oidc-client", "", "`id` as which the issuer knows this service, where people sign in by browser; default the audience OIDC 客户端")
	fs.StringVar(&f.oidc.Secret, "oidc-secret", "", "the client's `secret`, where it has one; better in LANDCHECK_OIDC_SECRET OIDC 客户端密钥")
	fs.Var(&f.maps, "basemap", "base map of the bureau's own network for the page, as `NAME=URL` with {z}, {x}, {y} (XYZ) or {TileMatrix}, {TileRow}, {TileCol} (WMTS); #crs=EPSG:4490 after it for tiles in degrees; may be repeated; none: the page asks nobody but this service 本单位网络的底图")
	fs.StringVar(&f.public, "public-url", "", "`address` that browsers reach this service at, for links, for the issuer to send them back to and, with https, to hold them to it (HSTS) 对外地址")
	fs.StringVar(&f.layers, "base-layers", string(store.Submitter), "least `role` that sees base layers themselves, as tiles and OGC collections: submitter, reviewer or admin 可查看底图图层的最低角色")
	fs.Var(&f.proxies, "trusted-proxy", "`network` of a reverse proxy, as 10.0.0.0/24 or one address, whose X-Forwarded-For says who a caller is; may be repeated 受信任的反向代理")
	fs.StringVar(&f.keyFile, "key", "", "`file` of the private key that signs passports of reports: PEM, Ed25519 or SM2; without it there are none 签发通行证的私钥文件")
	fs.StringVar(&f.browser, "chromium", "", "`program` that prints reports as PDF: Chromium, Google Chrome or Edge; default the first that there is 打印 PDF 的浏览器")
	f.keep.register(fs)
	fs.Var(&f.quotas, "quota", "`size` that packages and reports of one county may take, such as 10GiB, or 15=10GiB for codes that begin so; may be repeated; default any 旗县存储额度")
	return f
}

// readServe reads flags that only serve has.
func (f *serviceFlags) readServe(a *app) error {
	switch {
	case f.database != "" && f.data != "":
		return usage("--data 与 --database 只能用一个", "use either --data or --database")
	case f.database != "" && len(f.bases) > 0:
		return usage("使用 --database 时底图用 landcheck load 装载，不用 --base", "with --database, base data is loaded with landcheck load, not --base")
	case f.database == "" && f.workers == 0:
		return usage("--workers 0 需要 --database：否则没有进程来核查", "--workers 0 needs --database: nobody else could make the checks")
	case (f.oidc.Issuer == "") != (f.oidc.Audience == ""):
		return usage("--oidc-issuer 与 --oidc-audience 要一起给出", "--oidc-issuer and --oidc-audience go together")
	case f.oidc.Issuer == "" && (f.oidc.Client != "" || f.oidc.Secret != ""):
		return usage("--oidc-client 和 --oidc-secret 需要 --oidc-issuer", "--oidc-client and --oidc-secret need --oidc-issuer")
	case f.public != "" && !isHome(f.public):
		return usage("--public-url 请写 https://主机 或 http://主机:端口，后面不带路径", "--public-url is https://host or http://host:port, without a path")
	}
	if f.database == "" && f.data == "" {
		if err := f.placeData(); err != nil {
			return err
		}
	}
	if f.database == "" && f.keep.versions > 0 {
		return needsDatabase()
	}
	var err error
	if f.retention, err = f.keep.read(); err != nil {
		return err
	}
	if f.quota, err = readQuota(f.quotas); err != nil {
		return err
	}
	for _, text := range f.maps {
		m, err := api.ParseBasemap(text)
		if err != nil {
			return err
		}
		if slices.ContainsFunc(f.basemaps, func(o api.Basemap) bool { return o.Name == m.Name }) {
			return usage("--basemap 有两个都叫 %q，请改名", "two of --basemap are called %q: rename one", m.Name)
		}
		f.basemaps = append(f.basemaps, m)
	}
	if f.keyFile != "" {
		if f.key, err = readPrivateKey(f.keyFile); err != nil {
			return err
		}
	}
	switch store.Role(f.layers) {
	case store.Submitter, store.Reviewer, store.Admin:
	default:
		return usage("--base-layers 不能是 %q，只能是 submitter、reviewer 或 admin", "--base-layers cannot be %q, only submitter, reviewer or admin", f.layers)
	}
	for _, text := range f.proxies {
		network, ok := networkOf(text)
		if !ok {
			return usage("--trusted-proxy 不能是 %[1]q，请写网段或地址，例如 10.0.0.0/24", "--trusted-proxy cannot be %[1]q; write a network or an address such as 10.0.0.0/24", text)
		}
		f.networks = append(f.networks, network)
	}
	return f.read(a)
}

// networkOf reads a network, or one address.
func networkOf(s string) (netip.Prefix, bool) {
	if p, err := netip.ParsePrefix(s); err == nil {
		return p.Masked(), true
	}
	a, err := netip.ParseAddr(s)
	if err != nil || a.Zone() != "" {
		return netip.Prefix{}, false
	}
	return netip.PrefixFrom(a, a.BitLen()), true
}

// isHome tells whether an address is that of a host and no more: the page
// stands at its root.
func isHome(address string) bool {
	u, err := url.Parse(address)
	return err == nil && (u.Scheme == "https" || u.Scheme == "http") && u.Hostname() != "" && u.User == nil &&
		strings.Trim(u.Path, "/") == "" && u.RawQuery == "" && u.Fragment == "" && !strings.ContainsAny(address, "?#")
}

// serve answers requests and makes checks until ctx is done, then drains.
func (a *app) serve(ctx context.Context, f *serviceFlags) (err error) {
	f.metricsHere = f.metrics == f.listen
	at := &startup{app: a, flags: f, address: f.listen, free: f.inBrowser && !isGiven(f.limitFlags.fs, "listen")}
	s, err := at.open(ctx)
	if at.stopped(err) {
		return nil
	}
	if there := f.serving(ctx); f.inBrowser && errors.Is(err, embedded.ErrInUse) && there != "" {
		return a.openAgain(there)
	}
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.close()) }()
	l, err := at.listen(ctx)
	if err != nil {
		return err
	}
	defer l.Close()
	m, err := f.listenForMetrics(ctx)
	if err != nil {
		return err
	}
	defer m.close()
	if err := s.server.MayListen(ctx, l.Addr()); err != nil {
		return err
	}
	defer f.tellAddress(l.Addr())()
	if f.inBrowser {
		a.openPage(browserURL(l.Addr()), s.place)
	} else if err := a.printAddress(ctx, s, l.Addr()); err != nil {
		return err
	} else {
		a.say(m.text())
	}
	a.ready()
	return f.run(ctx, s, m.answer(s, f.drain),
		func(ctx context.Context) error { return f.pruneDaily(ctx, s.store) },
		func(ctx context.Context) error { return s.server.Serve(ctx, l, f.drain) })
}

// run answers and works side by side until ctx is done, then lets both end.
func (f *serviceFlags) run(ctx context.Context, s *service, answers ...func(context.Context) error) error {
	f.log.Info("started", "version", version, "store", s.place, "workers", f.workers)
	group, gctx := guard.WithContext(ctx)
	for _, answer := range answers {
		group.Go(func() error { return answer(gctx) })
	}
	if f.workers > 0 {
		group.Go(func() error { return s.store.Work(gctx, f.workers, f.drain, s.server.Run) })
	}
	said := make(chan struct{})
	context.AfterFunc(gctx, func() {
		defer close(said)
		f.log.Info("draining", "for", f.drain.String())
	})
	err := group.Wait() // which ends gctx, if nothing did before
	<-said              // an idle service has drained before it could say so
	f.log.Info("stopped")
	return err
}

// listenAt takes an address that a flag names.
func listenAt(ctx context.Context, flag, address string) (net.Listener, error) {
	l, err := (&net.ListenConfig{}).Listen(ctx, "tcp", address)
	if err != nil {
		return nil, &geo.InputError{Err: err,
			Message: geo.Textf("不能在 %s 上监听：%v", "cannot listen at %s: %v", address, geo.SystemText(err)),
			Advice:  geo.Textf("请用 %[1]s 指定本机的空闲地址，例如 127.0.0.1:8081", "Give a free address of this machine by %[1]s, for instance 127.0.0.1:8081", flag)}
	}
	return l, nil
}

// printAddress says where the service is, and who may come in.
func (a *app) printAddress(ctx context.Context, s *service, addr net.Addr) error {
	counties, err := s.counties(ctx)
	if err != nil {
		return err
	}
	open, err := s.server.Open(ctx)
	if err != nil {
		return err
	}
	text := geo.Textf("landcheck 已启动：%[1]s\n存储：%[2]s，有底图的旗县：%[3]s",
		"landcheck serves at %[1]s\nkept in %[2]s, base data of %[3]s", browserURL(addr), s.place, counties)
	fmt.Fprintln(a.stdout, text.In(a.lang))
	if counties == "-" {
		fmt.Fprintln(a.stdout, geo.Text{ZH: "还没有底图，因此不能核查：请用 --base 给出，或用 landcheck load 装入数据库",
			EN: "There is no base data yet, so nothing can be checked: give it by --base, or load it into the database with landcheck load"}.In(a.lang))
	}
	if open {
		fmt.Fprintln(a.stdout, geo.Text{ZH: "没有令牌，只接受本机的请求；要对外提供服务，请先运行 landcheck token create",
			EN: "There is no token, so only this machine is answered; to serve others, run landcheck token create first"}.In(a.lang))
	}
	return nil
}

// browserURL is an address as one opens it in a browser on this machine.
func browserURL(addr net.Addr) string {
	host, port, err := net.SplitHostPort(addr.String())
	if err != nil {
		return addr.String()
	}
	if ip := net.ParseIP(host); ip != nil && ip.IsUnspecified() {
		host = "localhost"
	}
	return "http://" + net.JoinHostPort(host, port) + "/"
}
