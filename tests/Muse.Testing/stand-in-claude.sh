# Stands in for Claude Code in a real terminal, as far as Muse looks: draws its screens, keeps its registry file, takes its keys.
#   allow WORDS  asks for permission to run WORDS     exit  ends     anything else  takes two or three seconds
# Where STAND_IN_LOG names a file it says there when it was what: UTC milliseconds and busy, waiting, idle or ended.
# In a folder with a file ask-first it asks before it takes a prompt, and with a file name-later it has no session until that goes.
stty raw -echo
W=$(tput cols)
session=$(cat /proc/sys/kernel/random/uuid)
[ "$1" = --resume ] && session=$2
read -r -a stat < "/proc/$$/stat"
folder=$HOME/.claude/sessions
mkdir -p "$folder"
trap 'rm -f "$folder/$$.json"; log ended; exit' EXIT HUP TERM

started="claude $*"
text='' history=() mode=idle asked='' until=0

log() { [ -z "${STAND_IN_LOG:-}" ] || echo "$((${EPOCHREALTIME/./} / 1000)) $1" >> "$STAND_IN_LOG"; }

says() { # what the registry says
  log "$1"
  local waiting=''
  [ "$1" = waiting ] && waiting=',"waitingFor":"permission prompt"'
  printf '{"pid":%d,"sessionId":"%s","procStart":"%s","cwd":"%s","status":"%s"%s,"statusUpdatedAt":%s}' \
    $$ "$session" "${stat[21]}" "$PWD" "$1" "$waiting" "$((${EPOCHREALTIME/./} / 1000))" > "$folder/.$$"
  mv "$folder/.$$" "$folder/$$.json"
}

# Drawn for each key: no process is started for it.
printf -v blank '%*s' "$W" ''
line=${blank// /─} dots=${blank// /╌}
frame=$'\e[38;5;244m'$line$'\e[0m'

draw() {
  printf '\e[H\e[2J'
  printf '%s\r\n' "$started" '▝▜██████▀  Opus · stand-in' '' "${history[@]}"
  case $mode in
    ask)
      printf '%s\r\n' "$line" ' Bash command' ' Run what was asked for' "$dots" " $asked" "$dots" ' Do you want to proceed?' \
        ' ❯ 1. Yes' '   2. Yes, and always allow this in the project' '   3. No' '' ' Esc to cancel · Tab to amend' ;;
    busy)
      printf '%s\r\n' '✽ Kindling… (1s · ↓ 40 tokens)' '' "$frame" $'\e[38;5;246m❯\e[0m\u00a0'"$text" "$frame" \
        '  ⏸ manual mode on · esc to interrupt' ;;
    idle)
      printf '%s\r\n' "$frame" $'❯\u00a0'"$text" "$frame" '  ⏸ manual mode on · ? for shortcuts' ;;
  esac
}

works() { # for so many seconds
  mode=busy until=$((SECONDS + $1))
  says busy
}

takes() {
  local prompt=$text
  text=''
  history+=("❯ $prompt" '')
  case $prompt in
    exit) exit ;;
    allow\ *) asked=${prompt#allow } mode=ask; says waiting ;;
    # Whole seconds are counted, so the first may be short.
    *) works 3 ;;
  esac
}

while [ -e name-later ]; do sleep 0.1; done
says idle
[ -e ask-first ] && { asked='a first look' mode=ask; says waiting; }
draw
# While it reads, bash lets the terminal make a line feed of Enter, and not in between: both are Enter, and no prompt has several lines.
while true; do
  key=''
  IFS= read -rsn1 -d '' -t 0.2 key
  status=$?
  # Time may run out in the moment of a key, which is then there all the same.
  if [ -n "$key" ]; then
    key=${key/$'\r'/$'\n'}
    case $mode:$key in
      ask:1 | ask:2 | $'ask:\n') history+=("● Ran $asked." ''); works 1 ;;
      ask:3) history+=('● Not run.' ''); mode=idle; says idle ;;
      ask:*) continue ;;
      *:$'\n') [ -n "$text" ] && takes ;;
      *:$'\x7f') text=${text%?} ;;
      *) text+=$key ;;
    esac
    # What was pasted or typed fast is drawn once.
    read -t 0 || draw
  elif [ $status -gt 0 ] && [ $status -le 128 ]; then
    exit
  fi
  if [ "$mode" = busy ] && [ "$SECONDS" -ge "$until" ]; then
    history+=('● Done.' '')
    mode=idle
    says idle
    draw
  fi
done
