# The programs we are compared with that keep a repository. Sourced after settings.bash.

peer_packages=(restic=restic borg=borgbackup)

# A password on a command line would be in everybody's process list.
prepare_peers() {
  export RESTIC_PASSWORD_FILE=$work/restic.password RESTIC_CACHE_DIR=$work/restic/cache
  export RESTIC_REPOSITORY=$work/restic/repository
  export BORG_BASE_DIR=$work/borg/base BORG_REPO=$work/borg/repository
  export BORG_RELOCATED_REPO_ACCESS_IS_OK=yes BORG_UNKNOWN_UNENCRYPTED_REPO_ACCESS_IS_OK=yes
  (umask 077 && head -c 24 /dev/urandom | base64 >"$RESTIC_PASSWORD_FILE")
}

new_restic() {
  rm -rf "$work/restic"
  mkdir -p "$work/restic"
  restic -q init
}

new_borg() {
  rm -rf "$work/borg"
  mkdir -p "$BORG_BASE_DIR"
  borg init --encryption none
}

# Pipelines' ends: standard input becomes a backup of that name.
restic_backup() {
  echo "restic -q backup --stdin --stdin-filename till.sql"
}

borg_backup() {
  echo "borg create --compression zstd,3 ::$1 -"
}

# What a day adds is what would have to be sent. Borg's data are in data/; beside it are caches it rebuilds.
restic_bytes() {
  bytes_of "$RESTIC_REPOSITORY"
}

borg_bytes() {
  bytes_of "$BORG_REPO/data"
}

# remember PEER, go_back PEER: its repository and cache as they were when remembered.
remember() {
  rm -rf "$work/$1.remembered"
  cp -a "$work/$1" "$work/$1.remembered"
}

go_back() {
  rm -rf "${work:?}/$1"
  cp -a "$work/$1.remembered" "$work/$1"
}
