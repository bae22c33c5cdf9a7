#!/bin/bash
# Boots a throw-away QEMU guest with a real Linux USB, HID and tty stack and runs the drivers' scenarios in it:
#
#   npm run lab                          every part: contract, auto, faults, endurance (50 cycles on each rig)
#   npm run lab -- --part endurance --cycles 5 --rig cdc-acm
#   npm run lab -- SCRIPT.ts [ARG..]     a script of one's own, as root in the guest
#   npm run lab -- --disk FILE SCRIPT.ts [ARG..]   the same with an ext4 disk at /data that outlives the guest (made if
#                                        there is none); on SIGUSR1 the power is cut: the guest ends without a word
#
# The guest is a minimal Debian with the kernel of this machine's apt sources. It sees this project read-only at the
# same path and runs the project's own node on the project's own sources. Nothing it does outlives it.
#
# The first run builds kernel, root file system and initramfs (about 250 MB of downloads and 400 MB of disk) under
# $LIANGZHENG_LAB, by default ~/.cache/liangzheng-lab. That needs Debian, and root for apt and debootstrap.
# Further variables: LAB_MINUTES, the time limit of the scenarios (40); LAB_MIRROR, the Debian mirror.
#
# Exit code: of the scenarios; 124 over the time limit; 125 the guest didn't boot or died; 137 the power was cut;
# 2 it can't be set up.
set -euo pipefail
LAB=$(dirname "$(readlink -f "$0")")
PROJECT=$(readlink -f "$LAB/../..")
CACHE=${LIANGZHENG_LAB:-${XDG_CACHE_HOME:-$HOME/.cache}/liangzheng-lab}
IMAGE=root-1.img     # the number changes with the recipe below, so that an old image isn't used
BOOT_SECONDS=120     # emulated on a busy machine a boot takes 10 to 40 s; one in some hundred hangs
BOOT_TRIES=2
MEMORY_MB=1024
DISK_MB=256

say() { echo "lab: $*" >&2; }
refuse() { say "$*"; exit 2; }

set_up() { # makes $CACHE/{vmlinux,initrd.cpio,$IMAGE,accel}; does nothing where they are there
  mkdir -p "$CACHE"
  cd "$CACHE"
  install_tools
  [ -e accel ] && [ -e "$IMAGE" ] && return
  [ "$(uname -m)" = x86_64 ] || refuse "the lab is made for x86_64; this machine is $(uname -m)"
  [ "$(id -u)" = 0 ] || refuse "the first run must be made by root: debootstrap and apt need it"
  rm -rf work root-*.img
  mkdir work
  local kernel
  unpack_kernel
  make_root_file_system
  make_initramfs
  find_accelerator
  say "root image"
  mke2fs -q -t ext4 -O ^has_journal -m 0 -d work/root work/root.img 700M
  mv work/root.img "$IMAGE"
  rm -rf work
}

install_tools() {
  local packages=(qemu-system-x86 busybox-static debootstrap e2fsprogs xz-utils) tool missing=()
  for tool in qemu-system-x86_64 busybox debootstrap mke2fs xz; do
    command -v "$tool" >/dev/null || missing+=("$tool")
  done
  [ ${#missing[@]} -gt 0 ] || return 0
  [ "$(id -u)" = 0 ] || refuse "${missing[*]} missing; as root: apt-get install --no-install-recommends ${packages[*]}"
  command -v apt-get >/dev/null || refuse "${missing[*]} missing, and without apt the lab can't install them"
  say "apt: ${packages[*]}"
  apt-get update -q
  DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends "${packages[@]}"
}

unpack_kernel() { # sets kernel to its version; nothing is installed on this machine
  local package image xz_at
  package=$(kernel_package)
  [ -n "$package" ] || { apt-get update -q; package=$(kernel_package); }
  [ -n "$package" ] || refuse "apt knows no linux-image-amd64 here; the lab needs Debian's"
  say "kernel: $package"
  (cd work; apt-get download -q -o APT::Sandbox::User=root "$package"; dpkg -x "$package"_*.deb kernel)
  kernel=${package#linux-image-}
  # QEMU boots the ELF kernel inside the bzImage directly; to unpack it in emulation would take 5 s of every boot
  image=work/kernel/boot/vmlinuz-$kernel
  xz_at=$(LC_ALL=C grep -obUaP '\xFD7zXZ\x00' "$image" | LC_ALL=C sed -n '1s/:.*//p')
  { tail -c +$((xz_at + 1)) "$image" || :; } | xz -dc --single-stream > vmlinux # xz leaves off early, and tail minds
}

kernel_package() { apt-cache depends linux-image-amd64 2>/dev/null | awk '/Depends:/ {print $2; exit}'; }

make_root_file_system() {
  local suite mirror modules=lib/modules/$kernel folder
  suite=$(. /etc/os-release; echo "${VERSION_CODENAME:-bookworm}")
  mirror=${LAB_MIRROR:-$(apt-get indextargets --format '$(SITE)' 2>/dev/null | grep -v security | head -n 1)}
  say "debootstrap $suite (about a minute)"
  debootstrap --variant=minbase --include=udev,kmod,libusb-1.0-0,libstdc++6 "$suite" work/root $mirror \
    > work/debootstrap.log || { tail -n 5 work/debootstrap.log >&2; refuse "debootstrap failed"; }
  rm -rf work/root/var/cache/apt/* work/root/var/lib/apt/lists/* work/root/usr/share/{doc,man,locale,info}
  # the modules that a scanner can meet; all of them would be 400 MB
  mkdir -p "work/root/usr/$modules"
  cp "work/kernel/$modules"/modules.* "work/root/usr/$modules/"
  for folder in drivers/{usb,hid,input,virtio,tty,block,char} fs/{ext4,jbd2,mbcache.ko,9p,netfs,fscache,configfs} \
                net/9p lib crypto arch/x86/crypto; do
    [ -e "work/kernel/$modules/kernel/$folder" ] || continue
    mkdir -p "work/root/usr/$modules/kernel/$(dirname "$folder")"
    cp -r "work/kernel/$modules/kernel/$folder" "work/root/usr/$modules/kernel/$(dirname "$folder")/"
  done
  chroot work/root depmod "$kernel"
}

make_initramfs() { # busybox and what it takes to reach the root image; guest/init is added at each run
  local module
  mkdir -p work/initrd/{bin,modules,proc,sys,dev,root}
  cp "$(command -v busybox)" work/initrd/bin/busybox
  chroot work/root modprobe -S "$kernel" -a -D virtio_pci virtio_blk ext4 crc32c_generic 9pnet_virtio 9p |
    awk '$1 == "insmod" && !seen[$2]++ {print $2}' > work/initrd/modules/order
  while read -r module; do cp "work/root$module" work/initrd/modules/; done < work/initrd/modules/order
  (cd work/initrd; find . | busybox cpio -o -H newc 2>/dev/null) > initrd.cpio
}

# A machine may have /dev/kvm and no CPU behind it that boots: only a kernel that gets to its panic proves it.
find_accelerator() {
  rm -f work/console
  timeout 10 qemu-system-x86_64 -M q35 -accel kvm -cpu max -m 256 -nodefaults -no-user-config -display none -no-reboot \
    -kernel vmlinux -append "console=ttyS0 panic=-1" -serial file:work/console </dev/null >/dev/null 2>&1 || :
  if grep -qs 'Kernel panic' work/console; then echo kvm; else echo tcg; fi > accel
}

run() {
  # one guest at a time: two would share the processors and fail each other's time limits
  exec 9> "$CACHE/lock"
  flock -n 9 || { say "another lab is running; waiting for it"; flock 9; }
  RUN=$(mktemp -d "${TMPDIR:-/tmp}/liangzheng-lab.XXXXXX")
  GUEST=
  CUT=
  [ -z "$DISK" ] || [ -e "$DISK" ] || make_disk
  trap 'end_guest; rm -rf "$RUN"' EXIT
  trap 'CUT=1; end_guest' USR1
  trap 'exit 130' INT TERM HUP
  local attempt
  for ((attempt = 1; attempt <= BOOT_TRIES; attempt++)); do
    boot "$@"
    [ "$CODE" = unbooted ] || return "$CODE"
    say "attempt $attempt: no boot within $BOOT_SECONDS s"
  done
  return 125
}

make_disk() {
  truncate -s "${DISK_MB}M" "$DISK.new"
  mke2fs -q -t ext4 "$DISK.new"
  mv "$DISK.new" "$DISK"
}

boot() { # one attempt; sets CODE
  rm -rf "${RUN:?}"/*
  mkdir "$RUN/io"
  mkfifo "$RUN/out" "$RUN/err"
  # what is to be done travels in a shared folder, which also brings back the exit code
  printf '%s\n' "$PROJECT" > "$RUN/io/project"
  # a disk that outlives the guest spares the next one half of its start
  { printf 'cd %q\nexport LAB_ACCELERATOR=%s NODE_COMPILE_CACHE=%s/compile-cache\nexec' \
      "$PROJECT" "$(cat "$CACHE/accel")" "$([ -z "$DISK" ] && echo /tmp || echo /data)"
    printf ' %q' node_modules/node/bin/node --disable-warning=ExperimentalWarning "$@"; echo; } > "$RUN/io/command"
  # an initramfs may be several archives, so that an edit of guest/init needs no set-up
  install -m 755 "$LAB/guest/init" "$RUN/init"
  { cat "$CACHE/initrd.cpio"; (cd "$RUN"; echo init | busybox cpio -o -H newc 2>/dev/null); } > "$RUN/initrd"
  start_guest 9>&-
  cat "$RUN/out" & local out=$!
  cat "$RUN/err" >&2 & local err=$!
  await_guest
  : <>"$RUN/out"; : <>"$RUN/err" # lets the readers go where QEMU never opened these pipes
  wait "$out" "$err" 2>/dev/null || :
  case $CODE in
    124) say "killed after ${LAB_MINUTES:-40} minutes" ;;
    125|unbooted) say "the guest's last words:"; tail -n 40 "$RUN/qemu.log" "$RUN/console.log" >&2 || : ;;
  esac
}

start_guest() { # sets GUEST to its process, which also ends when this script is killed
  local cable cables=() disk=()
  # both ends of each cable are in QEMU: a listening socket for the device, its client a virtio port of the guest
  for cable in qmp serial; do
    cables+=(-chardev "socket,id=$cable,path=$RUN/$cable.sock,server=on,wait=off"
             -chardev "socket,id=$cable.far,path=$RUN/$cable.sock"
             -device "virtserialport,chardev=$cable.far,name=lab.$cable")
  done
  # a cut loses what the guest has in its memory; what it handed to the disk stays
  [ -z "$DISK" ] || disk=(-drive "file=$DISK,if=none,id=data,format=raw"
                          -device virtio-blk-pci,drive=data,serial=data)
  setpriv --pdeathsig KILL qemu-system-x86_64 \
    -M q35 -accel "$(cat "$CACHE/accel")" -cpu max -smp 1 -m "$MEMORY_MB" \
    -nodefaults -no-user-config -display none -no-reboot \
    -kernel "$CACHE/vmlinux" -initrd "$RUN/initrd" \
    -append "console=ttyS0 quiet loglevel=4 panic=-1 mitigations=off nokaslr" -serial "file:$RUN/console.log" \
    -drive "file=$CACHE/$IMAGE,if=none,id=root,format=raw,snapshot=on" -device virtio-blk-pci,drive=root,serial=root \
    -fsdev "local,id=io,path=$RUN/io,security_model=none" -device virtio-9p-pci,fsdev=io,mount_tag=io \
    -fsdev "local,id=project,path=$PROJECT,security_model=none,multidevs=remap,readonly=on" \
    -device virtio-9p-pci,fsdev=project,mount_tag=project \
    -device virtio-serial-pci,max_ports=8 \
    -chardev "file,id=out,path=$RUN/out,append=on" -device virtserialport,chardev=out,name=lab.out \
    -chardev "file,id=err,path=$RUN/err,append=on" -device virtserialport,chardev=err,name=lab.err \
    -device qemu-xhci,id=xhci "${cables[@]}" "${disk[@]}" -mon chardev=qmp,mode=control \
    </dev/null >"$RUN/qemu.log" 2>&1 &
  GUEST=$!
}

await_guest() { # until it ends or its time is over; sets CODE
  local started_at=$SECONDS booted=
  CODE=
  while kill -0 "$GUEST" 2>/dev/null; do
    if [ -z "$booted" ] && [ -e "$RUN/io/started" ]; then booted=1; started_at=$SECONDS; fi
    if [ -z "$booted" ] && ((SECONDS - started_at > BOOT_SECONDS)); then CODE=unbooted; break; fi
    if [ -n "$booted" ] && ((SECONDS - started_at > 60 * ${LAB_MINUTES:-40})); then CODE=124; break; fi
    sleep 0.1 & wait $! || : # a signal is heard at once, and not after the sleep
  done
  end_guest
  [ -z "$CUT" ] || CODE=137
  [ -n "$CODE" ] || CODE=$(cat "$RUN/io/code" 2>/dev/null || echo 125)
}

end_guest() {
  [ -n "$GUEST" ] || return 0
  { kill -9 "$GUEST"; wait "$GUEST"; } 2>/dev/null || :
  GUEST=
}

DISK=
if [ "${1:-}" = --disk ]; then DISK=$(readlink -m "${2:?--disk FILE}"); shift 2; fi
(set_up) 1>&2
case ${1:-} in
  *.ts) run "$@" ;;
  *) run drivers/lab/scenarios/run.ts "$@" ;;
esac
