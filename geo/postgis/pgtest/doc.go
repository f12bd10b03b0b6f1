// Package pgtest gives tests a PostgreSQL with PostGIS of their own: a private
// cluster in a temporary directory, reached by a unix socket alone, stopped
// and removed however the tests end. A package declares one and lends it its
// TestMain:
//
//	var postgres pgtest.Cluster
//
//	func TestMain(m *testing.M) { os.Exit(postgres.Main(m)) }
//
// and each test asks for a database: url := postgres.Database(t). Where
// PostgreSQL or PostGIS is not installed the test is skipped, saying what to
// install.
package pgtest
