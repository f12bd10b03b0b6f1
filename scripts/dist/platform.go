package main

import "slices"

// platform is a system and a processor.
type platform struct {
	system, processor string // as Go names them
	target            string // as the compiler does; with the oldest glibc that it is to run on
	wheels            []wheel
	debs              []deb
	debian            string // the processor as Debian names it; "" for none
}

func (p platform) name() string { return p.system + "-" + p.processor }

func (p platform) windows() bool { return p.system == "windows" }

// wheel is a package of PyPI for a platform.
type wheel struct{ name, version, platform, digest string }

// deb is a package of Debian 11, whose libraries run on glibc 2.18.
type deb struct{ name, version, digest string }

// GEOS comes from shapely's wheels, which are built for an old glibc; what it leans
// on from Debian 11, and on Windows from Microsoft's runtime.
const (
	zig     = "0.13.0"
	shapely = "2.0.6"
	geos    = "3.11.4" // that of these wheels
	runtime = "14.51.36231"
)

var platforms = []platform{
	{system: "linux", processor: "amd64", target: "x86_64-linux-gnu.2.28", debian: "amd64",
		wheels: []wheel{{"shapely", shapely, "manylinux2014_x86_64", "98fea108334be345c283ce74bf064fa00cfdd718048a8af7343c59eb40f59726"}},
		debs: []deb{
			{"libstdc++6", "10.2.1-6", "5c155c58935870bf3b4bfe769116841c0d286a74f59eccfd5645693ac23f06b1"},
			{"gcc-10-base", "10.2.1-6", "be65535e94f95fbf04b104e8ab36790476f063374430f7dfc6c516cbe2d2cd1e"}, // the licence of both
			{"libgcc-s1", "10.2.1-6", "e478f2709d8474165bb664de42e16950c391f30eaa55bc9b3573281d83a29daf"},
		}},
	{system: "linux", processor: "arm64", target: "aarch64-linux-gnu.2.28", debian: "arm64",
		wheels: []wheel{{"shapely", shapely, "manylinux2014_aarch64", "537c4b2716d22c92036d00b34aac9d3775e3691f80c7aa517c2c290351f42cd8"}},
		debs: []deb{
			{"libstdc++6", "10.2.1-6", "7869aa540cc46e9f3d4267d5bde2af0e5b429a820c1d6f1a4cfccfe788c31890"},
			{"gcc-10-base", "10.2.1-6", "7d782bece7b4a36bed045a7e17d17244cb8f7e4732466091b01412ebf215defb"}, // the licence of both
			{"libgcc-s1", "10.2.1-6", "e2fcdb378d3c1ad1bcb64d4fb6b37aab44011152beca12a4944f435a2582df1f"},
		}},
	{system: "windows", processor: "amd64", target: "x86_64-windows-gnu",
		wheels: []wheel{
			{"shapely", shapely, "win_amd64", "665990c84aece05efb68a21b3523a6b2057e84a1afbef426ad287f0796ef8a48"},
			{"msvc-runtime", runtime, "win_amd64", "89f70d1a37bb64164cdb09d02dd82d6b1400e1310be2995b4ed5a9f23efe2222"},
		}},
}

func contains(list []string, s string) bool { return slices.Contains(list, s) }
