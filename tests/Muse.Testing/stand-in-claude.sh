# Stands in for Claude Code in a real terminal, as far as Muse looks: draws its screens, keeps its registry file, takes its keys.
#   allow WORDS  asks for permission to run WORDS     slow WORDS  works for three seconds     exit  ends
# In a folder with a file ask-first it asks before it takes a prompt.
stty raw -echo
W=$(tput cols)
session=$(cat /proc/sys/kernel/random/uuid)
[ "$1" = --resume ] && session=$2
read -r -a stat < "/proc/$$/stat"
folder=$HOME/.claude/sessions
mkdir -p "$folder"
trap 'rm -f "$folder/$$.json"; exit' EXIT HUP TERM

started="claude $*"
text='' history=() mode=idle asked='' until=0

says() { # what the registry says
  local waiting=''
  [ "$1" = waiting ] && waiting=',"waitingFor":"permission prompt"'
  printf '{"pid":%d,"sessionId":"%s","procStart":"%s","cwd":"%s","status":"%s"%s,"statusUpdatedAt":%s}' \
    $$ "$session" "${stat[21]}" "$PWD" "$1" "$waiting" "$(date +%s%3N)" > "$folder/.$$"
  mv "$folder/.$$" "$folder/$$.json"
}

rule() { local line; printf -v line '%*s' "$W" ''; printf '%s' "${line// /$1}"; }

draw() {
  printf '\e[H\e[2J'
  printf '%s\r\n' "$started" '▝▜██████▀  Opus · stand-in' '' "${history[@]}"
  case $mode in
    ask)
      printf '%s\r\n' "$(rule ─)" ' Bash command' ' Run what was asked for' "$(rule ╌)" " $asked" "$(rule ╌)" ' Do you want to proceed?' \
        ' ❯ 1. Yes' '   2. Yes, and always allow this in the project' '   3. No' '' ' Esc to cancel · Tab to amend' ;;
    busy)
      printf '%s\r\n' '✽ Kindling… (1s · ↓ 40 tokens)' '' $'\e[38;5;244m'"$(rule ─)"$'\e[0m' $'\e[38;5;246m❯\e[0m\u00a0'"$text" $'\e[38;5;244m'"$(rule ─)"$'\e[0m' \
        '  ⏸ manual mode on · esc to interrupt' ;;
    idle)
      printf '%s\r\n' $'\e[38;5;244m'"$(rule ─)"$'\e[0m' $'❯\u00a0'"$text" $'\e[38;5;244m'"$(rule ─)"$'\e[0m' '  ⏸ manual mode on · ? for shortcuts' ;;
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
    slow\ *) works 3 ;;
    *) works 1 ;;
  esac
}

says idle
[ -e ask-first ] && { asked='a first look' mode=ask; says waiting; }
draw
# bash reads Enter as a line feed, so this one has no prompts of several lines.
while true; do
  if IFS= read -rsn1 -d '' -t 0.2 key; then
    case $mode:$key in
      ask:1 | ask:2 | $'ask:\n') history+=("● Ran $asked." ''); works 1 ;;
      ask:3) history+=('● Not run.' ''); mode=idle; says idle ;;
      ask:*) continue ;;
      *:$'\n') [ -n "$text" ] && takes ;;
      *:$'\x7f') text=${text%?} ;;
      *) text+=$key ;;
    esac
    draw
  elif [ $? -le 128 ]; then
    exit
  fi
  if [ "$mode" = busy ] && [ "$SECONDS" -ge "$until" ]; then
    history+=('● Done.' '')
    mode=idle
    says idle
    draw
  fi
done
