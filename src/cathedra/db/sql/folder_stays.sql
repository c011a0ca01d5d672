-- folder_stays: this folder is not put into the bin before this transaction ends (R138): whoever deletes it waits, and what
-- comes into it meanwhile goes with it. No row: there is no such folder, or it is in the bin.
SELECT 1 AS stays FROM cathedra_folder WHERE id = %(folder_id)s AND recycled_in_id IS NULL FOR KEY SHARE
