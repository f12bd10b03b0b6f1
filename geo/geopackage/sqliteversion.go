package geopackage

import "database/sql"

// SQLiteVersion is the version of the SQLite library, as it says at run time
// ("3.51.0").
func SQLiteVersion() (version string, err error) {
	db, err := sql.Open("sqlite", ":memory:")
	if err != nil {
		return "", err
	}
	defer db.Close()
	err = db.QueryRow("select sqlite_version()").Scan(&version)
	return version, err
}
