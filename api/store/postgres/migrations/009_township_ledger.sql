-- The township ledger by its own name: a project is the versions of a plan.
alter table service.project rename to township_ledger;
alter index service.project_pkey rename to township_ledger_pkey;
