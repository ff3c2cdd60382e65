<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="it" sourcelanguage="en">
<context>
    <name>Banner</name>
    <message>
        <source>Call %1</source>
        <translation>Chiamata %1</translation>
    </message>
    <message>
        <source>%1 more</source>
        <translation>altre %1</translation>
    </message>
    <message>
        <source>Waiting for the first packet.</source>
        <translation>In attesa del primo pacchetto.</translation>
    </message>
    <message>
        <source>call</source>
        <translation>chiamata</translation>
    </message>
    <message>
        <source>host, device</source>
        <translation>host, dispositivo</translation>
    </message>
</context>
<context>
    <name>BannerModel</name>
    <message>
        <source> is called.</source>
        <translation> viene chiamata.</translation>
    </message>
    <message>
        <source>, and </source>
        <translation>, e </translation>
    </message>
    <message>
        <source> New since the last look: </source>
        <translation> Nuovo dall&apos;ultimo sguardo: </translation>
    </message>
    <message>
        <source>before </source>
        <translation>prima di </translation>
    </message>
    <message>
        <source>in </source>
        <translation>in </translation>
    </message>
    <message>
        <source>Nothing moves</source>
        <translation>Non si muove nulla</translation>
    </message>
    <message>
        <source>; the last move was %1.</source>
        <translation>; l&apos;ultimo spostamento è stato %1.</translation>
    </message>
    <message>
        <source>No call is in this trace.</source>
        <translation>In questa traccia non c&apos;è alcuna chiamata.</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 di %2</translation>
    </message>
    <message>
        <source>context on CPU %1</source>
        <translation>contesto sulla CPU %1</translation>
    </message>
</context>
<context>
    <name>Breakpoint</name>
    <message>
        <source>`%1` is no drop reason; they are named as in the kernel, NO_SOCKET or UDP_CSUM</source>
        <translation>`%1` non è un motivo di scarto (drop); i nomi sono quelli del kernel, NO_SOCKET o UDP_CSUM</translation>
    </message>
    <message>
        <source>one field stands here</source>
        <translation>qui va un solo campo</translation>
    </message>
    <message>
        <source>`%1` is no function of this trace or of the catalogue. Allowed are a function, a condition on a field (len &gt; 100, data changed), drop, drop REASON and watch FIELD</source>
        <translation>`%1` non è una funzione di questa traccia né del catalogo. Sono ammessi una funzione, una condizione su un campo (len &gt; 100, data changed), drop, drop MOTIVO e watch CAMPO</translation>
    </message>
    <message>
        <source>nothing is written here. Allowed are a function (ip_rcv), a condition on a field (len &gt; 100, data changed), drop, drop REASON and watch FIELD</source>
        <translation>qui non c&apos;è scritto nulla. Sono ammessi una funzione (ip_rcv), una condizione su un campo (len &gt; 100, data changed), drop, drop MOTIVO e watch CAMPO</translation>
    </message>
</context>
<context>
    <name>Breakpoints</name>
    <message>
        <source>Breakpoints and watches</source>
        <translation>Punti di arresto e osservazioni</translation>
    </message>
    <message>
        <source>F5 runs to the next one, Ctrl+F5 back</source>
        <translation>F5 va al prossimo, Ctrl+F5 al precedente</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Rimuovi</translation>
    </message>
    <message>
        <source>None yet. B sets one on the current function.</source>
        <translation>Ancora nessuno. B ne mette uno sulla funzione corrente.</translation>
    </message>
    <message>
        <source>A field is read on the side that is looked at (M). Space switches, Delete removes, Esc closes.</source>
        <translation>Un campo si legge sul lato che si guarda (M). Spazio attiva o disattiva, Canc rimuove, Esc chiude.</translation>
    </message>
    <message>
        <source>Remove %1</source>
        <translation>Rimuovi %1</translation>
    </message>
    <message>
        <source>off, %1</source>
        <translation>disattivato, %1</translation>
    </message>
</context>
<context>
    <name>BreakpointsModel</name>
    <message>
        <source>no sk_buff here</source>
        <translation>qui non c&apos;è un sk_buff</translation>
    </message>
    <message>
        <source>not seen yet</source>
        <translation>non ancora visto</translation>
    </message>
    <message>
        <source> since call %1, %2</source>
        <translation> dalla chiamata %1, %2</translation>
    </message>
    <message>
        <source>no trace is open</source>
        <translation>nessuna traccia è aperta</translation>
    </message>
    <message>
        <source>never here</source>
        <translation>mai qui</translation>
    </message>
    <message>
        <source>stop</source>
        <translation>arresto</translation>
    </message>
    <message>
        <source>stops</source>
        <translation>arresti</translation>
    </message>
    <message>
        <source>Watch: </source>
        <translation>Osservazione: </translation>
    </message>
    <message>
        <source>Breakpoint: </source>
        <translation>Punto di arresto: </translation>
    </message>
    <message>
        <source>, off</source>
        <translation>, disattivato</translation>
    </message>
    <message>
        <source>Breakpoints: </source>
        <translation>Punti di arresto: </translation>
    </message>
    <message>
        <source> of %1 on</source>
        <translation> di %1 attivi</translation>
    </message>
    <message>
        <source>on</source>
        <translation>attivo</translation>
    </message>
    <message>
        <source>off</source>
        <translation>disattivato</translation>
    </message>
</context>
<context>
    <name>BufferClauses</name>
    <message>
        <source>byte</source>
        <translation>byte</translation>
    </message>
    <message>
        <source>bytes</source>
        <translation>byte</translation>
    </message>
    <message>
        <source>the %1 header</source>
        <translation>l&apos;intestazione %1</translation>
    </message>
    <message>
        <source>pulls</source>
        <translation>toglie (pull)</translation>
    </message>
    <message>
        <source>; %1 has been read</source>
        <translation>; %1 è stata letta</translation>
    </message>
    <message>
        <source>, the packet now starts at %1</source>
        <translation>, il pacchetto ora comincia da %1</translation>
    </message>
    <message>
        <source>pushes</source>
        <translation>antepone (push)</translation>
    </message>
    <message>
        <source>; room for %1 in front of the packet</source>
        <translation>; spazio per %1 davanti al pacchetto</translation>
    </message>
    <message>
        <source>cuts off</source>
        <translation>taglia (trim)</translation>
    </message>
    <message>
        <source>packet %1</source>
        <translation>pacchetto %1</translation>
    </message>
    <message>
        <source>another sk_buff</source>
        <translation>un altro sk_buff</translation>
    </message>
    <message>
        <source>moves the bytes to </source>
        <translation>sposta i byte in </translation>
    </message>
    <message>
        <source>a new buffer of </source>
        <translation>un nuovo buffer di </translation>
    </message>
    <message>
        <source>frees the data buffer</source>
        <translation>libera il buffer dei dati</translation>
    </message>
    <message>
        <source> of packet %1</source>
        <translation> del pacchetto %1</translation>
    </message>
    <message>
        <source>frees the sk_buff</source>
        <translation>libera lo sk_buff</translation>
    </message>
    <message>
        <source> of packet %1, </source>
        <translation> del pacchetto %1, </translation>
    </message>
    <message>
        <source>which was consumed</source>
        <translation>che è stato consumato</translation>
    </message>
    <message>
        <source>asks to %1 </source>
        <translation>chiede %1 di </translation>
    </message>
    <message>
        <source>0 bytes: data stays %1, len %2</source>
        <translation>0 byte: data resta %1, len %2</translation>
    </message>
    <message>
        <source>, tail %1</source>
        <translation>, tail %1</translation>
    </message>
    <message>
        <source>reserves </source>
        <translation>riserva </translation>
    </message>
    <message>
        <source> of headroom: </source>
        <translation> di headroom: </translation>
    </message>
    <message>
        <source>data and tail</source>
        <translation>data e tail</translation>
    </message>
    <message>
        <source>; len stays %1</source>
        <translation>; len resta %1</translation>
    </message>
    <message>
        <source>puts</source>
        <translation>aggiunge (put)</translation>
    </message>
    <message>
        <source>; room at the end of the packet</source>
        <translation>; spazio in fondo al pacchetto</translation>
    </message>
    <message>
        <source>moves a pointer (%1): data is now %2, tail %3, len %4</source>
        <translation>sposta un puntatore (%1): ora data è %2, tail %3, len %4</translation>
    </message>
    <message>
        <source>makes a new sk_buff, packet %1, with </source>
        <translation>crea un nuovo sk_buff, il pacchetto %1, con </translation>
    </message>
    <message>
        <source> of room</source>
        <translation> di spazio</translation>
    </message>
    <message>
        <source>, truesize %1, and %2 in it</source>
        <translation>, truesize %1, e dentro %2</translation>
    </message>
    <message>
        <source>nothing</source>
        <translation>nulla</translation>
    </message>
    <message>
        <source>makes </source>
        <translation>crea </translation>
    </message>
    <message>
        <source>a second sk_buff, packet %1,</source>
        <translation>un secondo sk_buff, il pacchetto %1,</translation>
    </message>
    <message>
        <source> on the bytes of %1: dataref is now %2, len %3</source>
        <translation> sui byte di %1: ora dataref è %2, len %3</translation>
    </message>
    <message>
        <source>copies</source>
        <translation>copia</translation>
    </message>
    <message>
        <source> %1, sk_buff and %2, to packet %3</source>
        <translation> %1, sk_buff e %2, nel pacchetto %3</translation>
    </message>
</context>
<context>
    <name>BytesModel</name>
    <message>
        <source>byte differs</source>
        <translation>byte diverso</translation>
    </message>
    <message>
        <source>bytes differ</source>
        <translation>byte diversi</translation>
    </message>
    <message>
        <source>, unexplained</source>
        <translation>, senza spiegazione</translation>
    </message>
    <message>
        <source>, as they should</source>
        <translation>, come dev&apos;essere</translation>
    </message>
    <message>
        <source>byte</source>
        <translation>byte</translation>
    </message>
    <message>
        <source>bytes</source>
        <translation>byte</translation>
    </message>
    <message>
        <source>, not written yet</source>
        <translation>, non ancora scritta</translation>
    </message>
</context>
<context>
    <name>BytesScene</name>
    <message>
        <source>no bytes yet</source>
        <translation>ancora nessun byte</translation>
    </message>
    <message>
        <source>differs from the other side, as it should</source>
        <translation>diverso dall&apos;altro lato, come dev&apos;essere</translation>
    </message>
    <message>
        <source>differs from the other side, unexplained</source>
        <translation>diverso dall&apos;altro lato, senza spiegazione</translation>
    </message>
    <message>
        <source>byte</source>
        <translation>byte</translation>
    </message>
    <message>
        <source>bytes</source>
        <translation>byte</translation>
    </message>
    <message>
        <source>, not written</source>
        <translation>, non scritto</translation>
    </message>
</context>
<context>
    <name>CallRowsModel</name>
    <message>
        <source>inferred from a stack</source>
        <translation>dedotta da uno stack</translation>
    </message>
    <message>
        <source>k instr.</source>
        <translation>k istr.</translation>
    </message>
    <message>
        <source>, unexplained</source>
        <translation>, senza spiegazione</translation>
    </message>
    <message>
        <source>
?: inferred from a stack, nothing was read when it ran</source>
        <translation>
?: dedotta da uno stack, nulla è stato letto mentre girava</translation>
    </message>
    <message>
        <source>call</source>
        <translation>chiamata</translation>
    </message>
    <message>
        <source>calls</source>
        <translation>chiamate</translation>
    </message>
</context>
<context>
    <name>CallWindow</name>
    <message>
        <source>task %1</source>
        <translation>task %1</translation>
    </message>
    <message>
        <source>the sender is</source>
        <translation>il mittente è</translation>
    </message>
    <message>
        <source>its task is</source>
        <translation>il suo task è</translation>
    </message>
    <message>
        <source>%1 still inside %2</source>
        <translation>%1 ancora dentro %2</translation>
    </message>
    <message>
        <source>same CPU</source>
        <translation>stessa CPU</translation>
    </message>
    <message>
        <source>hand-over: %1 → %2</source>
        <translation>passaggio: %1 → %2</translation>
    </message>
    <message>
        <source>call, returned</source>
        <translation>chiamata, tornata</translation>
    </message>
    <message>
        <source>calls, returned</source>
        <translation>chiamate, tornate</translation>
    </message>
    <message>
        <source>caller: </source>
        <translation>chiamante: </translation>
    </message>
    <message>
        <source>callers: </source>
        <translation>chiamanti: </translation>
    </message>
</context>
<context>
    <name>CallsScene</name>
    <message>
        <source>match</source>
        <translation>uguale</translation>
    </message>
    <message>
        <source>inlined here</source>
        <translation>inline qui</translation>
    </message>
    <message>
        <source>value differs</source>
        <translation>valore diverso</translation>
    </message>
    <message>
        <source>lost: **%1**</source>
        <translation>persi: **%1**</translation>
    </message>
    <message>
        <source>unexplained: **%1**</source>
        <translation>inspiegati: **%1**</translation>
    </message>
    <message>
        <source>inlined</source>
        <translation>inline</translation>
    </message>
    <message>
        <source>differs</source>
        <translation>diverso</translation>
    </message>
    <message>
        <source>Model, C++</source>
        <translation>Modello, C++</translation>
    </message>
</context>
<context>
    <name>CommandRegistry</name>
    <message>
        <source>There is no command %1.</source>
        <translation>Il comando %1 non esiste.</translation>
    </message>
    <message>
        <source>%1: not possible here.</source>
        <translation>%1: qui non è possibile.</translation>
    </message>
</context>
<context>
    <name>Condition</name>
    <message>
        <source>`%1` does not belong here; another condition is joined with `and`</source>
        <translation>`%1` qui è di troppo; un&apos;altra condizione si unisce con `and`</translation>
    </message>
    <message>
        <source>a field is missing; there are </source>
        <translation>manca un campo; ci sono </translation>
    </message>
    <message>
        <source>the sk_buff has no field `%1` here; there are %2</source>
        <translation>qui lo sk_buff non ha un campo `%1`; ci sono %2</translation>
    </message>
    <message>
        <source>after `%1` stands one of %2</source>
        <translation>dopo `%1` va uno di %2</translation>
    </message>
    <message>
        <source>`%1` compares nothing; after `%2` stands one of %3</source>
        <translation>`%1` non confronta nulla; dopo `%2` va uno di %3</translation>
    </message>
    <message>
        <source>devices have no order; `dev` is compared with == or !=</source>
        <translation>i dispositivi non hanno un ordine; `dev` si confronta con == o !=</translation>
    </message>
    <message>
        <source>the name of a device</source>
        <translation>il nome di un dispositivo</translation>
    </message>
    <message>
        <source>a number, decimal or 0x...</source>
        <translation>un numero, decimale o 0x...</translation>
    </message>
    <message>
        <source>a number or one of </source>
        <translation>un numero o uno di </translation>
    </message>
    <message>
        <source>`%1` is compared with nothing; here stands %2</source>
        <translation>`%1` non è confrontato con nulla; qui va %2</translation>
    </message>
    <message>
        <source>`%1` is no value of `%2`; here stands %3</source>
        <translation>`%1` non è un valore di `%2`; qui va %3</translation>
    </message>
    <message>
        <source> and </source>
        <translation> e </translation>
    </message>
</context>
<context>
    <name>Contexts</name>
    <message>
        <source>process</source>
        <translation>processo</translation>
    </message>
    <message>
        <source>softirq</source>
        <translation>softirq</translation>
    </message>
    <message>
        <source>hardirq</source>
        <translation>hardirq</translation>
    </message>
    <message>
        <source>idle</source>
        <translation>idle</translation>
    </message>
</context>
<context>
    <name>CpuLanes</name>
    <message>
        <source>raises </source>
        <translation>richiede (raise) </translation>
    </message>
    <message>
        <source>IPI to CPU %1</source>
        <translation>IPI alla CPU %1</translation>
    </message>
    <message>
        <source>wakes </source>
        <translation>sveglia </translation>
    </message>
    <message>
        <source> of </source>
        <translation> di </translation>
    </message>
</context>
<context>
    <name>Decode</name>
    <message>
        <source>not filled in yet</source>
        <translation>non ancora calcolato</translation>
    </message>
    <message>
        <source>holds</source>
        <translation>corretto</translation>
    </message>
    <message>
        <source>does not hold</source>
        <translation>errato</translation>
    </message>
    <message>
        <source>addresses and length only (PARTIAL)</source>
        <translation>solo indirizzi e lunghezza (PARTIAL)</translation>
    </message>
</context>
<context>
    <name>DifferenceKinds</name>
    <message>
        <source>Kinds of difference</source>
        <translation>Tipi di differenza</translation>
    </message>
    <message>
        <source>unexplained only</source>
        <translation>solo senza spiegazione</translation>
    </message>
</context>
<context>
    <name>Differences</name>
    <message>
        <source>Differences</source>
        <translation>Differenze</translation>
    </message>
    <message>
        <source>Filter: function, reason, value, host, context</source>
        <translation>Filtro: funzione, motivo, valore, host, contesto</translation>
    </message>
    <message>
        <source>Differences by reason</source>
        <translation>Differenze per motivo</translation>
    </message>
    <message>
        <source>unexplained</source>
        <translation>senza spiegazione</translation>
    </message>
    <message>
        <source> here, the other elsewhere: </source>
        <translation> qui, l&apos;altro altrove: </translation>
    </message>
    <message>
        <source>no reason is known</source>
        <translation>nessun motivo è noto</translation>
    </message>
    <message>
        <source>, CPU %1</source>
        <translation>, CPU %1</translation>
    </message>
    <message>
        <source>Enter goes there · Esc closes</source>
        <translation>Invio ci va · Esc chiude</translation>
    </message>
    <message>
        <source>Left and Right fold a reason, Tab goes to the filter and the kinds.</source>
        <translation>Sinistra e Destra chiudono e aprono un motivo, Tab va al filtro e ai tipi.</translation>
    </message>
    <message>
        <source>Evidence: %1</source>
        <translation>Prova: %1</translation>
    </message>
</context>
<context>
    <name>DifferencesText</name>
    <message>
        <source>Fidelity: calls </source>
        <translation>Fedeltà: chiamate </translation>
    </message>
    <message>
        <source> (%1 of %2), state </source>
        <translation> (%1 di %2), stato </translation>
    </message>
    <message>
        <source> (%1 of %2 fields). Unexplained: </source>
        <translation> (%1 di %2 campi). Senza spiegazione: </translation>
    </message>
    <message>
        <source>difference</source>
        <translation>differenza</translation>
    </message>
    <message>
        <source>differences</source>
        <translation>differenze</translation>
    </message>
    <message>
        <source> of </source>
        <translation> di </translation>
    </message>
    <message>
        <source>There is one side only: nothing to compare with.</source>
        <translation>C&apos;è un lato solo: nulla con cui confrontare.</translation>
    </message>
    <message>
        <source>Each difference has its reason.</source>
        <translation>Ogni differenza ha il suo motivo.</translation>
    </message>
    <message>
        <source>No difference is like that.</source>
        <translation>Nessuna differenza corrisponde.</translation>
    </message>
    <message>
        <source>call</source>
        <translation>chiamata</translation>
    </message>
    <message>
        <source>calls</source>
        <translation>chiamate</translation>
    </message>
    <message>
        <source>value</source>
        <translation>valore</translation>
    </message>
    <message>
        <source>values</source>
        <translation>valori</translation>
    </message>
    <message>
        <source>, folded</source>
        <translation>, chiuso</translation>
    </message>
    <message>
        <source>, current</source>
        <translation>, corrente</translation>
    </message>
</context>
<context>
    <name>Effects</name>
    <message>
        <source>task %1</source>
        <translation>task %1</translation>
    </message>
    <message>
        <source>queue %1</source>
        <translation>coda %1</translation>
    </message>
    <message>
        <source>new, %1 B</source>
        <translation>nuovo, %1 B</translation>
    </message>
    <message>
        <source>clone</source>
        <translation>clone</translation>
    </message>
    <message>
        <source>copy</source>
        <translation>copia</translation>
    </message>
    <message>
        <source>new buffer</source>
        <translation>nuovo buffer</translation>
    </message>
    <message>
        <source>free</source>
        <translation>libera</translation>
    </message>
    <message>
        <source>raise </source>
        <translation>raise </translation>
    </message>
    <message>
        <source>sleeps</source>
        <translation>dorme</translation>
    </message>
    <message>
        <source>wakes </source>
        <translation>sveglia </translation>
    </message>
    <message>
        <source>drop: </source>
        <translation>scarto: </translation>
    </message>
    <message>
        <source>drop</source>
        <translation>scarto</translation>
    </message>
</context>
<context>
    <name>FindBar</name>
    <message>
        <source>Find in the calls</source>
        <translation>Trova nelle chiamate</translation>
    </message>
    <message>
        <source>Find: %1</source>
        <translation>Trova: %1</translation>
    </message>
</context>
<context>
    <name>FindModel</name>
    <message>
        <source>function, #packet, address:port or text</source>
        <translation>funzione, #pacchetto, indirizzo:porta o testo</translation>
    </message>
    <message>
        <source>nothing here: no function, packet, flow or text like this</source>
        <translation>nulla: nessuna funzione, pacchetto, flusso o testo così</translation>
    </message>
    <message>
        <source>%1 of %2 %3</source>
        <translation>%1 di %2 %3</translation>
    </message>
    <message>
        <source>, from the other end</source>
        <translation>, dall&apos;altro capo</translation>
    </message>
</context>
<context>
    <name>FindOrRun</name>
    <message>
        <source>call %1</source>
        <translation>chiamata %1</translation>
    </message>
    <message>
        <source>call</source>
        <translation>chiamata</translation>
    </message>
    <message>
        <source>calls</source>
        <translation>chiamate</translation>
    </message>
    <message>
        <source>Find or run</source>
        <translation>Trova o esegui</translation>
    </message>
    <message>
        <source>A command, a function, or what happened: push</source>
        <translation>Un comando, una funzione, o ciò che è successo: push</translation>
    </message>
</context>
<context>
    <name>FunctionCard</name>
    <message>
        <source>Kernel&apos;s time</source>
        <translation>Tempo del kernel</translation>
    </message>
    <message>
        <source>Model&apos;s cost</source>
        <translation>Costo del modello</translation>
    </message>
    <message>
        <source>called by `%1`</source>
        <translation>chiamata da `%1`</translation>
    </message>
</context>
<context>
    <name>FunctionModel</name>
    <message>
        <source>And %1 in this step.</source>
        <translation>E in questo passo %1.</translation>
    </message>
    <message>
        <source>change more</source>
        <translation>altro cambiamento</translation>
    </message>
    <message>
        <source>changes more</source>
        <translation>altri cambiamenti</translation>
    </message>
    <message>
        <source>What it does</source>
        <translation>Che cosa fa</translation>
    </message>
    <message>
        <source>Why here</source>
        <translation>Perché qui</translation>
    </message>
    <message>
        <source>Context and locks</source>
        <translation>Contesto e lock</translation>
    </message>
    <message>
        <source>What comes next</source>
        <translation>Che cosa segue</translation>
    </message>
    <message>
        <source>%1 on CPU %2</source>
        <translation>%1 sulla CPU %2</translation>
    </message>
    <message>
        <source>, host </source>
        <translation>, host </translation>
    </message>
    <message>
        <source>, on the stack of </source>
        <translation>, sullo stack di </translation>
    </message>
    <message>
        <source>, tracing included</source>
        <translation>, tracciamento compreso</translation>
    </message>
    <message>
        <source>not measured</source>
        <translation>non misurato</translation>
    </message>
    <message>
        <source>the model makes no such call</source>
        <translation>il modello non fa questa chiamata</translation>
    </message>
    <message>
        <source>no cost: the model&apos;s clock stands still</source>
        <translation>nessun costo: l&apos;orologio del modello è fermo</translation>
    </message>
    <message>
        <source>; %1: %2 and %3</source>
        <translation>; %1: %2 e %3</translation>
    </message>
    <message>
        <source>, unexplained</source>
        <translation>, senza spiegazione</translation>
    </message>
    <message>
        <source>What changed</source>
        <translation>Che cosa è cambiato</translation>
    </message>
    <message>
        <source>Runs now</source>
        <translation>In esecuzione</translation>
    </message>
    <message>
        <source>Model and kernel</source>
        <translation>Modello e kernel</translation>
    </message>
    <message>
        <source>Known from</source>
        <translation>Noto da</translation>
    </message>
    <message>
        <source>Returns</source>
        <translation>Restituisce</translation>
    </message>
</context>
<context>
    <name>Groups</name>
    <message>
        <source>Step</source>
        <translation>Passo</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>Esecuzione</translation>
    </message>
    <message>
        <source>Breakpoints</source>
        <translation>Punti di arresto</translation>
    </message>
    <message>
        <source>Measure</source>
        <translation>Misura</translation>
    </message>
    <message>
        <source>Find</source>
        <translation>Trova</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>Confronto</translation>
    </message>
    <message>
        <source>Calls</source>
        <translation>Chiamate</translation>
    </message>
    <message>
        <source>Look around</source>
        <translation>Guardarsi intorno</translation>
    </message>
    <message>
        <source>Scenario</source>
        <translation>Scenario</translation>
    </message>
    <message>
        <source>View</source>
        <translation>Vista</translation>
    </message>
    <message>
        <source>Help</source>
        <translation>Aiuto</translation>
    </message>
    <message>
        <source>Live</source>
        <translation>Dal vivo</translation>
    </message>
    <message>
        <source>Map</source>
        <translation>Mappa</translation>
    </message>
    <message>
        <source>What if</source>
        <translation>E se</translation>
    </message>
    <message>
        <source>Predict</source>
        <translation>Previsione</translation>
    </message>
    <message>
        <source>Lesson</source>
        <translation>Lezione</translation>
    </message>
    <message>
        <source>Present</source>
        <translation>Presentazione</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>Esportazione</translation>
    </message>
</context>
<context>
    <name>KeyHelp</name>
    <message>
        <source>Keys</source>
        <translation>Tasti</translation>
    </message>
    <message>
        <source>%1 more commands without a key are in the palette, Ctrl+K · any key closes this list</source>
        <translation>altri %1 comandi senza tasto sono nella tavolozza, Ctrl+K · un tasto qualsiasi chiude</translation>
    </message>
</context>
<context>
    <name>Language</name>
    <message>
        <source>Language</source>
        <translation>Lingua</translation>
    </message>
    <message>
        <source>Type a language</source>
        <translation>Scrivi una lingua</translation>
    </message>
    <message>
        <source>now</source>
        <translation>ora</translation>
    </message>
    <message>
        <source>The system&apos;s</source>
        <translation>Quella del sistema</translation>
    </message>
    <message>
        <source>English</source>
        <comment>detail</comment>
        <translation>Inglese</translation>
    </message>
    <message>
        <source>Italian</source>
        <translation>Italiano</translation>
    </message>
</context>
<context>
    <name>LastChange</name>
    <message>
        <source>call</source>
        <translation>chiamata</translation>
    </message>
    <message>
        <source>calls</source>
        <translation>chiamate</translation>
    </message>
    <message>
        <source>before</source>
        <translation>prima</translation>
    </message>
    <message>
        <source>after</source>
        <translation>dopo</translation>
    </message>
    <message>
        <source>byte %1</source>
        <translation>byte %1</translation>
    </message>
    <message>
        <source>bytes %1 to %2</source>
        <translation>byte da %1 a %2</translation>
    </message>
    <message>
        <source> length</source>
        <translation> lunghezza</translation>
    </message>
    <message>
        <source>was reached first in </source>
        <translation>raggiunto per la prima volta in </translation>
    </message>
    <message>
        <source>so since the sk_buff is seen: </source>
        <translation>così da quando si vede lo sk_buff: </translation>
    </message>
    <message>
        <source>by </source>
        <translation>da </translation>
    </message>
    <message>
        <source>at the entry of </source>
        <translation>all&apos;ingresso di </translation>
    </message>
    <message>
        <source>changed last by </source>
        <translation>cambiato per ultimo da </translation>
    </message>
    <message>
        <source> in </source>
        <translation> in </translation>
    </message>
    <message>
        <source>changed last before </source>
        <translation>cambiato per ultimo prima che </translation>
    </message>
    <message>
        <source> was entered, where it is first seen</source>
        <translation> cominciasse, dove si vede per la prima volta</translation>
    </message>
    <message>
        <source>No trace is open.</source>
        <translation>Nessuna traccia è aperta.</translation>
    </message>
    <message>
        <source>Point at a field of the sk_buff, at bytes or at a queue first.</source>
        <translation>Indica prima un campo dello sk_buff, dei byte o una coda.</translation>
    </message>
    <message>
        <source>Nobody has changed %1 up to here.</source>
        <translation>Fin qui nessuno ha cambiato %1.</translation>
    </message>
    <message>
        <source>There is no sk_buff here yet, so nobody has changed %1.</source>
        <translation>Qui non c&apos;è ancora un sk_buff, quindi nessuno ha cambiato %1.</translation>
    </message>
</context>
<context>
    <name>LayerScene</name>
    <message>
        <source>of another layer, called from here</source>
        <translation>di un altro livello, chiamata da qui</translation>
    </message>
    <message>
        <source>no packet is involved here</source>
        <translation>qui non c&apos;entra alcun pacchetto</translation>
    </message>
    <message>
        <source> of host </source>
        <translation> dell&apos;host </translation>
    </message>
    <message>
        <source>   from </source>
        <translation>   da </translation>
    </message>
    <message>
        <source>   on to </source>
        <translation>   verso </translation>
    </message>
    <message>
        <source>%1 more calls: %2 before, %3 after</source>
        <translation>altre %1 chiamate: %2 prima, %3 dopo</translation>
    </message>
</context>
<context>
    <name>LiveBox</name>
    <message>
        <source>Stop</source>
        <translation>Ferma</translation>
    </message>
    <message>
        <source>Stay</source>
        <translation>Resta</translation>
    </message>
    <message>
        <source>Follow</source>
        <translation>Segui</translation>
    </message>
</context>
<context>
    <name>LiveView</name>
    <message>
        <source>starting</source>
        <translation>in avvio</translation>
    </message>
    <message>
        <source>ending</source>
        <translation>in chiusura</translation>
    </message>
    <message>
        <source>LIVE</source>
        <translation>DAL VIVO</translation>
    </message>
    <message>
        <source>ended</source>
        <translation>terminata</translation>
    </message>
    <message>
        <source>broke off</source>
        <translation>interrotta</translation>
    </message>
    <message>
        <source>some</source>
        <translation>alcuni</translation>
    </message>
    <message>
        <source> or more</source>
        <translation> o più</translation>
    </message>
    <message>
        <source>packet</source>
        <translation>pacchetto</translation>
    </message>
    <message>
        <source>packets</source>
        <translation>pacchetti</translation>
    </message>
    <message>
        <source>event</source>
        <translation>evento</translation>
    </message>
    <message>
        <source>events</source>
        <translation>eventi</translation>
    </message>
    <message>
        <source> lost</source>
        <translation> persi</translation>
    </message>
</context>
<context>
    <name>Losses</name>
    <message>
        <source>some</source>
        <translation>alcuni</translation>
    </message>
    <message>
        <source> or more</source>
        <translation> o più</translation>
    </message>
</context>
<context>
    <name>Main</name>
    <message>
        <source>Timeline</source>
        <translation>Linea del tempo</translation>
    </message>
    <message>
        <source>When, and what is still to come?</source>
        <translation>Quando, e che cosa deve ancora venire?</translation>
    </message>
    <message>
        <source>What happened</source>
        <translation>Che cosa è successo</translation>
    </message>
</context>
<context>
    <name>MapCommands</name>
    <message>
        <source>The map shows all hosts and packets already.</source>
        <translation>La mappa mostra già tutti gli host e i pacchetti.</translation>
    </message>
    <message>
        <source>The map shows one layer: nearer it cannot go.</source>
        <translation>La mappa mostra un solo livello: più vicino non si può.</translation>
    </message>
</context>
<context>
    <name>MapModel</name>
    <message>
        <source> NAPI instances</source>
        <translation> istanze NAPI</translation>
    </message>
    <message>
        <source> packets</source>
        <translation> pacchetti</translation>
    </message>
    <message>
        <source> of </source>
        <translation> di </translation>
    </message>
    <message>
        <source>, inferred</source>
        <translation>, dedotta</translation>
    </message>
    <message>
        <source>process </source>
        <translation>processo </translation>
    </message>
    <message>
        <source>softirq </source>
        <translation>softirq </translation>
    </message>
    <message>
        <source>hardirq </source>
        <translation>hardirq </translation>
    </message>
    <message>
        <source> pending</source>
        <translation> in attesa</translation>
    </message>
    <message>
        <source>idle</source>
        <translation>idle</translation>
    </message>
    <message>
        <source>nothing recorded yet</source>
        <translation>ancora nulla registrato</translation>
    </message>
    <message>
        <source>host %1, %2</source>
        <translation>host %1, %2</translation>
    </message>
    <message>
        <source>packet %1, %2 bytes, at %3 of host %4, on its way %5</source>
        <translation>pacchetto %1, %2 byte, a %3 dell&apos;host %4, in cammino %5</translation>
    </message>
    <message>
        <source>down</source>
        <translation>verso il basso</translation>
    </message>
    <message>
        <source>up</source>
        <translation>verso l&apos;alto</translation>
    </message>
    <message>
        <source>, %1 packet %2</source>
        <translation>, %1 pacchetto %2</translation>
    </message>
    <message>
        <source>, now</source>
        <translation>, ora</translation>
    </message>
</context>
<context>
    <name>MapRows</name>
    <message>
        <source>socket</source>
        <translation>socket</translation>
    </message>
    <message>
        <source>transport</source>
        <translation>trasporto</translation>
    </message>
    <message>
        <source>IP</source>
        <translation>IP</translation>
    </message>
    <message>
        <source>link</source>
        <translation>collegamento</translation>
    </message>
    <message>
        <source>queues</source>
        <translation>code</translation>
    </message>
    <message>
        <source>device</source>
        <translation>dispositivo</translation>
    </message>
</context>
<context>
    <name>Marks</name>
    <message>
        <source>match</source>
        <translation>uguale</translation>
    </message>
    <message>
        <source>inlined</source>
        <translation>inline</translation>
    </message>
    <message>
        <source>kernel only</source>
        <translation>solo kernel</translation>
    </message>
    <message>
        <source>model only</source>
        <translation>solo modello</translation>
    </message>
    <message>
        <source>order</source>
        <translation>ordine</translation>
    </message>
    <message>
        <source>differs</source>
        <translation>diverso</translation>
    </message>
    <message>
        <source>lost</source>
        <translation>perso</translation>
    </message>
    <message>
        <source>unexplained</source>
        <translation>senza spiegazione</translation>
    </message>
</context>
<context>
    <name>Measure</name>
    <message>
        <source>no kernel time: it has no such call</source>
        <translation>nessun tempo del kernel: non ha questa chiamata</translation>
    </message>
    <message>
        <source> in the kernel</source>
        <translation> nel kernel</translation>
    </message>
    <message>
        <source> to </source>
        <translation> a </translation>
    </message>
    <message>
        <source>call</source>
        <translation>chiamata</translation>
    </message>
    <message>
        <source>calls</source>
        <translation>chiamate</translation>
    </message>
    <message>
        <source> of both sides</source>
        <translation> di entrambi i lati</translation>
    </message>
    <message>
        <source> back</source>
        <translation> all&apos;indietro</translation>
    </message>
</context>
<context>
    <name>MemoryBar</name>
    <message>
        <source>, passed</source>
        <translation>, letta</translation>
    </message>
    <message>
        <source>, not written</source>
        <translation>, non scritto</translation>
    </message>
    <message>
        <source>_info, %1 B</source>
        <translation>_info, %1 B</translation>
    </message>
    <message>
        <source>merged %1 + 1</source>
        <translation>uniti %1 + 1</translation>
    </message>
    <message>
        <source>headroom %1</source>
        <translation>headroom %1</translation>
    </message>
    <message>
        <source>tailroom %1</source>
        <translation>tailroom %1</translation>
    </message>
    <message>
        <source>to scale</source>
        <translation>in scala</translation>
    </message>
</context>
<context>
    <name>MemoryCompanions</name>
    <message>
        <source>packet %1 (data %2, len %3)</source>
        <translation>pacchetto %1 (data %2, len %3)</translation>
    </message>
    <message>
        <source>the same buffer also belongs to </source>
        <translation>lo stesso buffer è anche di </translation>
    </message>
    <message>
        <source>%1; their sizes were not recorded</source>
        <translation>%1; le dimensioni non sono state registrate</translation>
    </message>
    <message>
        <source>fragment in a page</source>
        <translation>frammento in una pagina</translation>
    </message>
    <message>
        <source>fragments in pages</source>
        <translation>frammenti in pagine</translation>
    </message>
    <message>
        <source>fragments in pages: %1 bytes</source>
        <translation>frammenti in pagine: %1 byte</translation>
    </message>
    <message>
        <source> (inferred from data_len)</source>
        <translation> (dedotto da data_len)</translation>
    </message>
    <message>
        <source>byte</source>
        <translation>byte</translation>
    </message>
    <message>
        <source>bytes</source>
        <translation>byte</translation>
    </message>
    <message>
        <source>frag_list: %1 in chained sk_buffs; which ones was not recorded</source>
        <translation>frag_list: %1 in sk_buff concatenati; quali non è stato registrato</translation>
    </message>
    <message>
        <source>packet %1 (%2)</source>
        <translation>pacchetto %1 (%2)</translation>
    </message>
    <message>
        <source>frag_list of %1: %2</source>
        <translation>frag_list di %1: %2</translation>
    </message>
    <message>
        <source>gso_size %1, gso_segs %2: it stands for several packets of the wire</source>
        <translation>gso_size %1, gso_segs %2: vale per più pacchetti sul cavo</translation>
    </message>
    <message>
        <source>GRO has merged %1 into it</source>
        <translation>GRO vi ha unito %1</translation>
    </message>
    <message>
        <source>more frame</source>
        <translation>altro frame</translation>
    </message>
    <message>
        <source>more frames</source>
        <translation>altri frame</translation>
    </message>
    <message>
        <source>; charged to </source>
        <translation>; a carico di </translation>
    </message>
    <message>
        <source>same buffer, dataref %1:</source>
        <translation>stesso buffer, dataref %1:</translation>
    </message>
    <message>
        <source>A clone: a struct of its own on the same bytes</source>
        <translation>Un clone: una struct propria sugli stessi byte</translation>
    </message>
    <message>
        <source>frags[%1] in pages:</source>
        <translation>frags[%1] in pagine:</translation>
    </message>
    <message>
        <source>sizes not recorded</source>
        <translation>dimensioni non registrate</translation>
    </message>
    <message>
        <source>Inferred: data_len grew by so much</source>
        <translation>Dedotto: data_len è cresciuto di tanto</translation>
    </message>
    <message>
        <source>%1 B in chained sk_buffs, which ones was not recorded</source>
        <translation>%1 B in sk_buff concatenati, quali non è stato registrato</translation>
    </message>
    <message>
        <source>held by</source>
        <translation>tenuto da</translation>
    </message>
    <message>
        <source>charged to </source>
        <translation>a carico di </translation>
    </message>
</context>
<context>
    <name>MemoryMapModel</name>
    <message>
        <source>both sides agree</source>
        <translation>i due lati concordano</translation>
    </message>
    <message>
        <source>unexplained</source>
        <translation>senza spiegazione</translation>
    </message>
    <message>
        <source>no sk_buff yet: this call will make one</source>
        <translation>ancora nessun sk_buff: lo creerà questa chiamata</translation>
    </message>
    <message>
        <source>no sk_buff is involved here</source>
        <translation>qui non c&apos;entra alcun sk_buff</translation>
    </message>
    <message>
        <source>packet %1 is being filled in: it has no buffer yet</source>
        <translation>il pacchetto %1 è in preparazione: non ha ancora un buffer</translation>
    </message>
    <message>
        <source>nothing has moved yet</source>
        <translation>nulla si è ancora mosso</translation>
    </message>
    <message>
        <source>data and tail</source>
        <translation>data e tail</translation>
    </message>
    <message>
        <source>moved</source>
        <translation>spostato</translation>
    </message>
    <message>
        <source>call ago</source>
        <translation>chiamata fa</translation>
    </message>
    <message>
        <source>calls ago</source>
        <translation>chiamate fa</translation>
    </message>
    <message>
        <source>free</source>
        <translation>libero</translation>
    </message>
    <message>
        <source>in the packet</source>
        <translation>nel pacchetto</translation>
    </message>
    <message>
        <source>passed</source>
        <translation>superato</translation>
    </message>
    <message>
        <source>room taken, not written</source>
        <translation>spazio preso, non scritto</translation>
    </message>
    <message>
        <source>%1 to %2: %3%4</source>
        <translation>da %1 a %2: %3%4</translation>
    </message>
    <message>
        <source>held by </source>
        <translation>tenuto da </translation>
    </message>
    <message>
        <source>%1 %2, was %3</source>
        <translation>%1 %2, era %3</translation>
    </message>
</context>
<context>
    <name>MemoryMapScene</name>
    <message>
        <source>freed</source>
        <translation>liberato</translation>
    </message>
    <message>
        <source>: what the memory held last</source>
        <translation>: l&apos;ultimo contenuto della memoria</translation>
    </message>
</context>
<context>
    <name>Names</name>
    <message>
        <source>vector %1</source>
        <translation>vettore %1</translation>
    </message>
    <message>
        <source>,</source>
        <comment>between groups of three digits</comment>
        <translation>.</translation>
    </message>
</context>
<context>
    <name>Overview</name>
    <message>
        <source>clone of</source>
        <translation>clone di</translation>
    </message>
    <message>
        <source>copy of</source>
        <translation>copia di</translation>
    </message>
    <message>
        <source>segment of</source>
        <translation>segmento di</translation>
    </message>
    <message>
        <source>fragment of</source>
        <translation>frammento di</translation>
    </message>
    <message>
        <source>from</source>
        <translation>da</translation>
    </message>
</context>
<context>
    <name>OverviewScene</name>
    <message>
        <source>idle, or nothing that is traced</source>
        <translation>inattiva, o nulla di tracciato</translation>
    </message>
    <message>
        <source>, interrupted by </source>
        <translation>, interrotto da </translation>
    </message>
    <message>
        <source>host </source>
        <translation>host </translation>
    </message>
    <message>
        <source>packet %1, %2 bytes</source>
        <translation>pacchetto %1, %2 byte</translation>
    </message>
    <message>
        <source> pending</source>
        <translation> in attesa</translation>
    </message>
    <message>
        <source>nothing was recorded on this CPU yet</source>
        <translation>su questa CPU non è ancora stato registrato nulla</translation>
    </message>
    <message>
        <source>no hand-over recorded yet</source>
        <translation>ancora nessun passaggio registrato</translation>
    </message>
    <message>
        <source>hand-over now: </source>
        <translation>passaggio ora: </translation>
    </message>
    <message>
        <source>last hand-over: </source>
        <translation>ultimo passaggio: </translation>
    </message>
    <message>
        <source> and %1 more</source>
        <translation> e altri %1</translation>
    </message>
    <message>
        <source>CPU %1 </source>
        <translation>CPU %1 </translation>
    </message>
    <message>
        <source> in </source>
        <translation> in </translation>
    </message>
    <message>
        <source>no packet was seen on a host</source>
        <translation>nessun pacchetto è stato visto su un host</translation>
    </message>
</context>
<context>
    <name>PacketLog</name>
    <message>
        <source> of %1 in it</source>
        <translation> di %1 dentro</translation>
    </message>
    <message>
        <source> in it</source>
        <translation> dentro</translation>
    </message>
    <message>
        <source>; seen last in </source>
        <translation>; visto per ultimo in </translation>
    </message>
    <message>
        <source>socket %1:%2</source>
        <translation>socket %1:%2</translation>
    </message>
    <message>
        <source>nobody: it was freed, </source>
        <translation>nessuno: è stato liberato, </translation>
    </message>
    <message>
        <source>consumed</source>
        <translation>consumato</translation>
    </message>
    <message>
        <source>packet %1, into which it was merged</source>
        <translation>pacchetto %1, in cui è stato unito</translation>
    </message>
    <message>
        <source>not recorded</source>
        <translation>non registrato</translation>
    </message>
</context>
<context>
    <name>Panes</name>
    <message>
        <source>Next difference</source>
        <translation>Differenza seguente</translation>
    </message>
    <message>
        <source>All</source>
        <translation>Tutte</translation>
    </message>
    <message>
        <source>Calls</source>
        <translation>Chiamate</translation>
    </message>
    <message>
        <source>Which layer has the packet, and who runs it?</source>
        <translation>Quale livello ha il pacchetto, e chi lo esegue?</translation>
    </message>
    <message>
        <source>Stations</source>
        <translation>Stazioni</translation>
    </message>
    <message>
        <source>Which bytes are the packet now?</source>
        <translation>Quali byte sono ora il pacchetto?</translation>
    </message>
    <message>
        <source>What does this byte mean?</source>
        <translation>Che cosa significa questo byte?</translation>
    </message>
    <message>
        <source>Bytes</source>
        <translation>Byte</translation>
    </message>
    <message>
        <source>What is it for, why now?</source>
        <translation>A che cosa serve, perché ora?</translation>
    </message>
    <message>
        <source>How is it done?</source>
        <translation>Come si fa?</translation>
    </message>
    <message>
        <source>model C++</source>
        <translation>modello C++</translation>
    </message>
    <message>
        <source>Stack</source>
        <translation>Pila</translation>
    </message>
    <message>
        <source>Bytes ⇄ headers</source>
        <translation>Byte ⇄ intestazioni</translation>
    </message>
    <message>
        <source>Function</source>
        <translation>Funzione</translation>
    </message>
    <message>
        <source>Source</source>
        <translation>Sorgente</translation>
    </message>
    <message>
        <source>all</source>
        <translation>tutto</translation>
    </message>
    <message>
        <source>way</source>
        <translation>via</translation>
    </message>
    <message>
        <source>layer</source>
        <translation>livello</translation>
    </message>
    <message>
        <source>Where are we, and do model and kernel agree?</source>
        <translation>Dove siamo? I due lati concordano?</translation>
    </message>
</context>
<context>
    <name>Picker</name>
    <message>
        <source>Nothing here is called like this.</source>
        <translation>Qui nulla si chiama così.</translation>
    </message>
    <message>
        <source>1 entry</source>
        <translation>1 voce</translation>
    </message>
    <message>
        <source>%1 entries</source>
        <translation>%1 voci</translation>
    </message>
    <message>
        <source>Enter chooses · Esc closes</source>
        <translation>Invio sceglie · Esc chiude</translation>
    </message>
</context>
<context>
    <name>PickerLists</name>
    <message>
        <source>Commands</source>
        <translation>Comandi</translation>
    </message>
    <message>
        <source>Type what you want to do</source>
        <translation>Scrivi che cosa vuoi fare</translation>
    </message>
    <message>
        <source>Run to function</source>
        <translation>Vai alla funzione</translation>
    </message>
    <message>
        <source>Run back to function</source>
        <translation>Torna alla funzione</translation>
    </message>
    <message>
        <source>Type a function&apos;s name</source>
        <translation>Scrivi il nome di una funzione</translation>
    </message>
    <message>
        <source>call</source>
        <translation>chiamata</translation>
    </message>
    <message>
        <source>calls</source>
        <translation>chiamate</translation>
    </message>
    <message>
        <source>not called after this</source>
        <translation>non chiamata dopo questo punto</translation>
    </message>
    <message>
        <source>not called before this</source>
        <translation>non chiamata prima di questo punto</translation>
    </message>
    <message>
        <source>Type a field of the sk_buff</source>
        <translation>Scrivi un campo dello sk_buff</translation>
    </message>
</context>
<context>
    <name>Reasons</name>
    <message>
        <source>inlined in this kernel</source>
        <translation>inline in questo kernel</translation>
    </message>
    <message>
        <source>inlined at this call</source>
        <translation>inline in questa chiamata</translation>
    </message>
    <message>
        <source>not traceable here</source>
        <translation>qui non tracciabile</translation>
    </message>
    <message>
        <source>outside the model</source>
        <translation>fuori dal modello</translation>
    </message>
    <message>
        <source>configuration</source>
        <translation>configurazione</translation>
    </message>
    <message>
        <source>lost</source>
        <translation>perso</translation>
    </message>
    <message>
        <source>random by design</source>
        <translation>casuale per progetto</translation>
    </message>
    <message>
        <source>outside the scope</source>
        <translation>fuori ambito</translation>
    </message>
    <message>
        <source>time differs</source>
        <translation>tempo diverso</translation>
    </message>
    <message>
        <source>not written yet</source>
        <translation>non ancora scritto</translation>
    </message>
</context>
<context>
    <name>Replay</name>
    <message>
        <source>ahead</source>
        <translation>più avanti</translation>
    </message>
    <message>
        <source>before this</source>
        <translation>prima di qui</translation>
    </message>
    <message>
        <source>stop</source>
        <translation>punto di arresto</translation>
    </message>
    <message>
        <source>drop</source>
        <translation>scarto</translation>
    </message>
    <message>
        <source>queue operation</source>
        <translation>punto con un&apos;operazione su una coda</translation>
    </message>
    <message>
        <source>difference</source>
        <translation>punto con una differenza</translation>
    </message>
    <message>
        <source>No trace is open.</source>
        <translation>Nessuna traccia è aperta.</translation>
    </message>
    <message>
        <source>There is no breakpoint: B sets one on this function, Shift+B lists them.</source>
        <translation>Non c&apos;è alcun punto di arresto: B ne mette uno su questa funzione, Shift+B li elenca.</translation>
    </message>
    <message>
        <source>All breakpoints are switched off: Shift+B lists them.</source>
        <translation>Tutti i punti di arresto sono disattivati: Shift+B li elenca.</translation>
    </message>
    <message>
        <source>There is one side only, so there is nothing to compare.</source>
        <translation>C&apos;è un lato solo: non c&apos;è nulla da confrontare.</translation>
    </message>
    <message>
        <source>There is no %1 %2.</source>
        <translation>Non c&apos;è alcun %1 %2.</translation>
    </message>
    <message>
        <source>Stopped at </source>
        <translation>Fermo a </translation>
    </message>
    <message>
        <source>%1 is not called %2.</source>
        <translation>%1 non viene chiamata %2.</translation>
    </message>
</context>
<context>
    <name>ReplayCommands</name>
    <message>
        <source>No trace is open.</source>
        <translation>Nessuna traccia è aperta.</translation>
    </message>
    <message>
        <source> is no field of the sk_buff: nothing to watch.</source>
        <translation> non è un campo dello sk_buff: nulla da osservare.</translation>
    </message>
    <message>
        <source> is not watched any more.</source>
        <translation> non è più osservato.</translation>
    </message>
    <message>
        <source>Watching %1: F5 runs to its next change.</source>
        <translation>%1 è osservato: F5 va al suo prossimo cambiamento.</translation>
    </message>
    <message>
        <source>Watch a field</source>
        <translation>Osserva un campo</translation>
    </message>
    <message>
        <source>Who changed this last?</source>
        <translation>Chi l&apos;ha cambiato per ultimo?</translation>
    </message>
    <message>
        <source>No breakpoint on %1 any more.</source>
        <translation>Più nessun punto di arresto su %1.</translation>
    </message>
    <message>
        <source>Breakpoint on %1: F5 runs to it.</source>
        <translation>Punto di arresto su %1: F5 ci va.</translation>
    </message>
    <message>
        <source>There is no breakpoint: B sets one on this function.</source>
        <translation>Non c&apos;è alcun punto di arresto: B ne mette uno su questa funzione.</translation>
    </message>
    <message>
        <source>This mark is not set: [ sets A, ] sets B.</source>
        <translation>Questo segno non è messo: [ mette A, ] mette B.</translation>
    </message>
    <message>
        <source>Nothing is found yet: Ctrl+F finds.</source>
        <translation>Non è ancora stato trovato nulla: Ctrl+F cerca.</translation>
    </message>
</context>
<context>
    <name>RowList</name>
    <message>
        <source>the current call</source>
        <translation>la chiamata attuale</translation>
    </message>
    <message>
        <source>level %1</source>
        <translation>livello %1</translation>
    </message>
</context>
<context>
    <name>ScenarioChooser</name>
    <message>
        <source>Scenarios</source>
        <translation>Scenari</translation>
    </message>
    <message>
        <source>Scenario: %1</source>
        <translation>Scenario: %1</translation>
    </message>
    <message>
        <source>running ...</source>
        <translation>in esecuzione ...</translation>
    </message>
</context>
<context>
    <name>Sentences</name>
    <message>
        <source>, piece %1</source>
        <translation>, pezzo %1</translation>
    </message>
    <message>
        <source>makes </source>
        <translation>crea </translation>
    </message>
    <message>
        <source>packet %1, a clone of packet %2</source>
        <translation>il pacchetto %1, clone del pacchetto %2</translation>
    </message>
    <message>
        <source>cuts </source>
        <translation>ritaglia </translation>
    </message>
    <message>
        <source>packet %1 out of packet %2</source>
        <translation>il pacchetto %1 dal pacchetto %2</translation>
    </message>
    <message>
        <source>merges </source>
        <translation>unisce </translation>
    </message>
    <message>
        <source>packet %1 into packet %2</source>
        <translation>il pacchetto %1 al pacchetto %2</translation>
    </message>
    <message>
        <source>packet %1 a fragment of packet %2</source>
        <translation>il pacchetto %1, frammento del pacchetto %2</translation>
    </message>
    <message>
        <source>puts </source>
        <translation>mette </translation>
    </message>
    <message>
        <source>packet %1 together again from packet %2</source>
        <translation>insieme il pacchetto %1 a partire dal pacchetto %2</translation>
    </message>
    <message>
        <source>packet %1, a copy of packet %2</source>
        <translation>il pacchetto %1, copia del pacchetto %2</translation>
    </message>
    <message>
        <source>hands packet %1 over </source>
        <translation>passa il pacchetto %1 </translation>
    </message>
    <message>
        <source>from %1 to %2</source>
        <translation>da %1 a %2</translation>
    </message>
    <message>
        <source>puts packet %1 on </source>
        <translation>mette il pacchetto %1 nella coda </translation>
    </message>
    <message>
        <source>takes packet %1 off </source>
        <translation>toglie il pacchetto %1 dalla coda </translation>
    </message>
    <message>
        <source>%1: length %2 → %3</source>
        <translation>%1: lunghezza %2 → %3</translation>
    </message>
    <message>
        <source> of %1</source>
        <translation> di %1</translation>
    </message>
    <message>
        <source>, %1 bytes in it</source>
        <translation>, %1 byte dentro</translation>
    </message>
    <message>
        <source>interrupt %1</source>
        <translation>interruzione %1</translation>
    </message>
    <message>
        <source> comes in on %1: what ran there waits</source>
        <translation> arriva su %1: ciò che vi girava attende</translation>
    </message>
    <message>
        <source>interrupt %1 is served on %2</source>
        <translation>interruzione %1 servita su %2</translation>
    </message>
    <message>
        <source>raises </source>
        <translation>richiede (raise) </translation>
    </message>
    <message>
        <source>softirq %1 on %2</source>
        <translation>softirq %1 su %2</translation>
    </message>
    <message>
        <source>: it runs later, when nothing forbids it</source>
        <translation>: gira più tardi, quando nulla lo vieta</translation>
    </message>
    <message>
        <source>begins </source>
        <translation>comincia </translation>
    </message>
    <message>
        <source>is done with softirq %1 on %2</source>
        <translation>ha finito con il softirq %1 su %2</translation>
    </message>
    <message>
        <source> to sleep</source>
        <translation> a dormire</translation>
    </message>
    <message>
        <source> until somebody wakes it</source>
        <translation> finché qualcuno non lo sveglia</translation>
    </message>
    <message>
        <source>%1 goes on with </source>
        <translation>%1 prosegue con </translation>
    </message>
    <message>
        <source>, in place of %1</source>
        <translation>, al posto di %1</translation>
    </message>
    <message>
        <source>wakes </source>
        <translation>sveglia </translation>
    </message>
    <message>
        <source>: it may run from now on</source>
        <translation>: da ora può girare</translation>
    </message>
    <message>
        <source>interrupts </source>
        <translation>interrompe </translation>
    </message>
    <message>
        <source> from %1</source>
        <translation> da %1</translation>
    </message>
    <message>
        <source>runs because </source>
        <translation>gira perché </translation>
    </message>
    <message>
        <source>its timer fired on %1</source>
        <translation>il suo timer è scattato su %1</translation>
    </message>
    <message>
        <source>events are missing here</source>
        <translation>qui mancano eventi</translation>
    </message>
    <message>
        <source>, nobody knows how many</source>
        <translation>, nessuno sa quanti</translation>
    </message>
    <message>
        <source>it is charged to socket %1:%2</source>
        <translation>è a carico del socket %1:%2</translation>
    </message>
    <message>
        <source> (send memory %1, receive memory %2 bytes)</source>
        <translation> (memoria di invio %1, di ricezione %2 byte)</translation>
    </message>
    <message>
        <source>bytes between %1 and %2 read anew</source>
        <translation>byte fra %1 e %2 letti di nuovo</translation>
    </message>
    <message>
        <source>fragments in pages: %1</source>
        <translation>frammenti in pagine: %1</translation>
    </message>
    <message>
        <source>packet %1 is seen for the first time</source>
        <translation>il pacchetto %1 si vede per la prima volta</translation>
    </message>
    <message>
        <source>, data %1, len %2</source>
        <translation>, data %1, len %2</translation>
    </message>
    <message>
        <source> since the last look at packet %1</source>
        <translation> dall&apos;ultimo sguardo al pacchetto %1</translation>
    </message>
    <message>
        <source>When %1 returns: </source>
        <translation>Al ritorno di %1: </translation>
    </message>
    <message>
        <source>At the entry of %1: </source>
        <translation>All&apos;ingresso di %1: </translation>
    </message>
    <message>
        <source>In %1: </source>
        <translation>In %1: </translation>
    </message>
    <message>
        <source>drops packet %1: </source>
        <translation>scarta (drop) il pacchetto %1: </translation>
    </message>
</context>
<context>
    <name>Session</name>
    <message>
        <source>in the lab</source>
        <translation>nel laboratorio</translation>
    </message>
    <message>
        <source>on this host</source>
        <translation>su questo host</translation>
    </message>
    <message>
        <source>on </source>
        <translation>su </translation>
    </message>
    <message>
        <source>recorded </source>
        <translation>registrato </translation>
    </message>
    <message>
        <source>traced </source>
        <translation>tracciato </translation>
    </message>
    <message>
        <source>Stopped at </source>
        <translation>Fermo a </translation>
    </message>
    <message>
        <source>No kernel in this trace</source>
        <translation>Nessun kernel in questa traccia</translation>
    </message>
    <message>
        <source>Kernel: not heard of yet</source>
        <translation>Kernel: ancora nessuna notizia</translation>
    </message>
    <message>
        <source>Kernel </source>
        <translation>Kernel </translation>
    </message>
    <message>
        <source>CPU</source>
        <translation>CPU</translation>
    </message>
    <message>
        <source>CPUs</source>
        <translation>CPU</translation>
    </message>
    <message>
        <source>Events lost: </source>
        <translation>Eventi persi: </translation>
    </message>
    <message>
        <source>Calls that agree: </source>
        <translation>Chiamate concordi: </translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 di %2</translation>
    </message>
    <message>
        <source>Unexplained differences: </source>
        <translation>Differenze senza spiegazione: </translation>
    </message>
    <message>
        <source>Fidelity: calls </source>
        <translation>Fedeltà: chiamate </translation>
    </message>
    <message>
        <source>, state </source>
        <translation>, stato </translation>
    </message>
    <message>
        <source>This trace is cut short: </source>
        <translation>Questa traccia è troncata: </translation>
    </message>
    <message>
        <source>This trace holds no call.</source>
        <translation>Questa traccia non contiene chiamate.</translation>
    </message>
    <message>
        <source>Only the model&apos;s side is here: there is nothing to compare with.</source>
        <translation>C&apos;è solo il lato del modello: nulla con cui confrontare.</translation>
    </message>
    <message>
        <source>Only the kernel&apos;s side is here: there is nothing to compare with.</source>
        <translation>C&apos;è solo il lato del kernel: nulla con cui confrontare.</translation>
    </message>
</context>
<context>
    <name>SessionCommands</name>
    <message>
        <source>No trace is open.</source>
        <translation>Nessuna traccia è aperta.</translation>
    </message>
    <message>
        <source>This is the first step: nothing comes before.</source>
        <translation>È il primo passo: prima non c&apos;è nulla.</translation>
    </message>
    <message>
        <source>This is the last step: nothing comes after.</source>
        <translation>È l&apos;ultimo passo: dopo non c&apos;è nulla.</translation>
    </message>
    <message>
        <source>There is nothing further that way.</source>
        <translation>Da quella parte non c&apos;è altro.</translation>
    </message>
    <message>
        <source>There is one side only: no other state to show.</source>
        <translation>C&apos;è un lato solo: nessun altro stato da mostrare.</translation>
    </message>
</context>
<context>
    <name>Sides</name>
    <message>
        <source>model</source>
        <translation>modello</translation>
    </message>
    <message>
        <source>kernel</source>
        <translation>kernel</translation>
    </message>
</context>
<context>
    <name>SourceModel</name>
    <message>
        <source>The model&apos;s source is not installed here.</source>
        <translation>Il sorgente del modello non è installato qui.</translation>
    </message>
    <message>
        <source>The model&apos;s source is not in %1/core-stack.</source>
        <translation>Il sorgente del modello non è in %1/core-stack.</translation>
    </message>
    <message>
        <source>The model has no function of this name.</source>
        <translation>Il modello non ha una funzione con questo nome.</translation>
    </message>
</context>
<context>
    <name>SourceView</name>
    <message>
        <source>Source of the model</source>
        <translation>Sorgente del modello</translation>
    </message>
</context>
<context>
    <name>SpeedSlider</name>
    <message>
        <source>1 call a second</source>
        <translation>1 chiamata al secondo</translation>
    </message>
    <message>
        <source>%1 calls a second</source>
        <translation>%1 chiamate al secondo</translation>
    </message>
</context>
<context>
    <name>StackMapBuilder</name>
    <message>
        <source>noqueue: nothing to wait in</source>
        <translation>noqueue: nessuna coda in cui attendere</translation>
    </message>
    <message>
        <source>%1 of %2 KiB</source>
        <translation>%1 di %2 KiB</translation>
    </message>
    <message>
        <source>of </source>
        <translation>di </translation>
    </message>
    <message>
        <source>byte</source>
        <translation>byte</translation>
    </message>
    <message>
        <source>bytes</source>
        <translation>byte</translation>
    </message>
    <message>
        <source>sends %1from %2:%3</source>
        <translation>invia %1da %2:%3</translation>
    </message>
    <message>
        <source>receives on %1:%2</source>
        <translation>riceve su %1:%2</translation>
    </message>
    <message>
        <source>asks who has </source>
        <translation>chiede chi ha </translation>
    </message>
    <message>
        <source>answers </source>
        <translation>risponde </translation>
    </message>
    <message>
        <source>receives ARP</source>
        <translation>riceve ARP</translation>
    </message>
    <message>
        <source>veth pair</source>
        <translation>coppia veth</translation>
    </message>
    <message>
        <source>loopback</source>
        <translation>loopback</translation>
    </message>
    <message>
        <source>softirq runs|</source>
        <translation>il softirq gira|</translation>
    </message>
    <message>
        <source>on CPU %1</source>
        <translation>sulla CPU %1</translation>
    </message>
    <message>
        <source>in </source>
        <translation>in </translation>
    </message>
</context>
<context>
    <name>StackMapModel</name>
    <message>
        <source>length %1 %2</source>
        <translation>lunghezza %1 %2</translation>
    </message>
    <message>
        <source>the packet is here, %1 bytes</source>
        <translation>il pacchetto è qui, %1 byte</translation>
    </message>
    <message>
        <source>not reached yet</source>
        <translation>non ancora raggiunto</translation>
    </message>
    <message>
        <source> on CPU %1</source>
        <translation> sulla CPU %1</translation>
    </message>
</context>
<context>
    <name>StackMapScene</name>
    <message>
        <source>host </source>
        <translation>host </translation>
    </message>
    <message>
        <source>in </source>
        <translation>in </translation>
    </message>
    <message>
        <source>length </source>
        <translation>lunghezza </translation>
    </message>
    <message>
        <source>a queue of %1: R tells who changed it last</source>
        <translation>una coda di %1: R dice chi l&apos;ha cambiata per ultimo</translation>
    </message>
    <message>
        <source>the trace does not tell how long this queue is</source>
        <translation>la traccia non dice quanto è lunga questa coda</translation>
    </message>
    <message>
        <source> on CPU %1</source>
        <translation> sulla CPU %1</translation>
    </message>
    <message>
        <source>hand-over</source>
        <translation>passaggio</translation>
    </message>
    <message>
        <source>no packet is involved here</source>
        <translation>qui non c&apos;entra alcun pacchetto</translation>
    </message>
</context>
<context>
    <name>Stations</name>
    <message>
        <source>socket, sender</source>
        <translation>socket, mittente</translation>
    </message>
    <message>
        <source>transport, sender</source>
        <translation>trasporto, mittente</translation>
    </message>
    <message>
        <source>IP, sender</source>
        <translation>IP, mittente</translation>
    </message>
    <message>
        <source>neighbour</source>
        <translation>vicino (neighbour)</translation>
    </message>
    <message>
        <source>qdisc</source>
        <translation>qdisc</translation>
    </message>
    <message>
        <source>device, sender</source>
        <translation>dispositivo, mittente</translation>
    </message>
    <message>
        <source>device, receiver</source>
        <translation>dispositivo, destinatario</translation>
    </message>
    <message>
        <source>softnet backlog</source>
        <translation>backlog di softnet</translation>
    </message>
    <message>
        <source>softirq NET_RX</source>
        <translation>softirq NET_RX</translation>
    </message>
    <message>
        <source>link, receiver</source>
        <translation>collegamento, destinatario</translation>
    </message>
    <message>
        <source>IP, receiver</source>
        <translation>IP, destinatario</translation>
    </message>
    <message>
        <source>transport, receiver</source>
        <translation>trasporto, destinatario</translation>
    </message>
    <message>
        <source>socket, receiver</source>
        <translation>socket, destinatario</translation>
    </message>
    <message>
        <source>nowhere</source>
        <translation>in nessun posto</translation>
    </message>
</context>
<context>
    <name>TimelineModel</name>
    <message>
        <source>model</source>
        <translation>modello</translation>
    </message>
    <message>
        <source>kernel</source>
        <translation>kernel</translation>
    </message>
    <message>
        <source>kernel </source>
        <translation>kernel </translation>
    </message>
    <message>
        <source>%1 CPUs</source>
        <translation>%1 CPU</translation>
    </message>
    <message>
        <source>call %1: %2</source>
        <translation>chiamata %1: %2</translation>
    </message>
    <message>
        <source>process</source>
        <translation>processo</translation>
    </message>
    <message>
        <source>, process</source>
        <translation>, processo</translation>
    </message>
    <message>
        <source>, still inside </source>
        <translation>, ancora dentro </translation>
    </message>
</context>
<context>
    <name>TimelineScene</name>
    <message>
        <source>height = call depth</source>
        <translation>altezza = profondità</translation>
    </message>
    <message>
        <source>buffer, queue, diff</source>
        <translation>buffer, coda, diff</translation>
    </message>
    <message>
        <source>not here</source>
        <translation>non qui</translation>
    </message>
</context>
<context>
    <name>Toolbar</name>
    <message>
        <source>Start</source>
        <translation>Inizio</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Indietro</translation>
    </message>
    <message>
        <source>Out</source>
        <translation>Fuori</translation>
    </message>
    <message>
        <source>Over</source>
        <translation>Oltre</translation>
    </message>
    <message>
        <source>Into</source>
        <translation>Dentro</translation>
    </message>
    <message>
        <source>Forward</source>
        <translation>Avanti</translation>
    </message>
    <message>
        <source>End</source>
        <translation>Fine</translation>
    </message>
    <message>
        <source>Find or run</source>
        <translation>Trova o esegui</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>Tasti</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Pausa</translation>
    </message>
    <message>
        <source>Play</source>
        <translation>Avvia</translation>
    </message>
    <message>
        <source>Predict</source>
        <translation>Previsione</translation>
    </message>
    <message>
        <source>Lessons</source>
        <translation>Lezioni</translation>
    </message>
</context>
<context>
    <name>WaitingPart</name>
    <message>
        <source> · %1 of %2 KiB</source>
        <translation> · %1 di %2 KiB</translation>
    </message>
    <message>
        <source>holds NAPI instances</source>
        <translation>contiene istanze NAPI</translation>
    </message>
    <message>
        <source>in it: </source>
        <translation>contiene: </translation>
    </message>
    <message>
        <source>inferred from what functions returned: no record tells of it</source>
        <translation>dedotto da ciò che le funzioni hanno restituito: nessun record ne parla</translation>
    </message>
</context>
<context>
    <name>WindowLive</name>
    <message>
        <source>No watch is running.</source>
        <translation>Nessuna osservazione dal vivo è in corso.</translation>
    </message>
</context>
<context>
    <name>WindowLook</name>
    <message>
        <source>There is one side only: nothing to compare with.</source>
        <translation>C&apos;è un lato solo: nulla con cui confrontare.</translation>
    </message>
</context>
<context>
    <name>attach.open</name>
    <message>
        <source>Put the model on a tap or veth ...</source>
        <translation>Metti il modello su un tap o veth ...</translation>
    </message>
</context>
<context>
    <name>break.clear</name>
    <message>
        <source>Remove all breakpoints</source>
        <translation>Rimuovi tutti i punti di arresto</translation>
    </message>
</context>
<context>
    <name>break.disableAll</name>
    <message>
        <source>Switch all breakpoints off</source>
        <translation>Disattiva tutti i punti di arresto</translation>
    </message>
</context>
<context>
    <name>break.enableAll</name>
    <message>
        <source>Switch all breakpoints on</source>
        <translation>Attiva tutti i punti di arresto</translation>
    </message>
</context>
<context>
    <name>break.function</name>
    <message>
        <source>Breakpoint on this function, or take it away</source>
        <translation>Metti o togli un punto di arresto su questa funzione</translation>
    </message>
</context>
<context>
    <name>break.list</name>
    <message>
        <source>Breakpoints and watches ...</source>
        <translation>Punti di arresto e osservazioni ...</translation>
    </message>
</context>
<context>
    <name>calls.fold</name>
    <message>
        <source>Fold or unfold the current call</source>
        <translation>Chiudi o apri la chiamata corrente</translation>
    </message>
</context>
<context>
    <name>calls.foldAll</name>
    <message>
        <source>Fold all calls</source>
        <translation>Chiudi tutte le chiamate</translation>
    </message>
</context>
<context>
    <name>calls.unfoldAll</name>
    <message>
        <source>Unfold all calls</source>
        <translation>Apri tutte le chiamate</translation>
    </message>
</context>
<context>
    <name>change.last</name>
    <message>
        <source>Who changed this last? ...</source>
        <translation>Chi l&apos;ha cambiato per ultimo? ...</translation>
    </message>
</context>
<context>
    <name>difference.list</name>
    <message>
        <source>All differences ...</source>
        <translation>Tutte le differenze ...</translation>
    </message>
</context>
<context>
    <name>difference.next</name>
    <message>
        <source>Next difference</source>
        <translation>Differenza seguente</translation>
    </message>
</context>
<context>
    <name>difference.previous</name>
    <message>
        <source>Previous difference</source>
        <translation>Differenza precedente</translation>
    </message>
</context>
<context>
    <name>export.page</name>
    <message>
        <source>Save the replay as a page</source>
        <translation>Salva la riproduzione come pagina</translation>
    </message>
</context>
<context>
    <name>export.picture</name>
    <message>
        <source>Save the view as SVG or PNG</source>
        <translation>Salva la vista come SVG o PNG</translation>
    </message>
</context>
<context>
    <name>filter.clear</name>
    <message>
        <source>Take the filter away</source>
        <translation>Togli il filtro</translation>
    </message>
</context>
<context>
    <name>filter.function</name>
    <message>
        <source>Filter by the function of this call</source>
        <translation>Filtra per la funzione di questa chiamata</translation>
    </message>
</context>
<context>
    <name>filter.open</name>
    <message>
        <source>Filter calls and timeline ...</source>
        <translation>Filtra chiamate e linea del tempo ...</translation>
    </message>
</context>
<context>
    <name>filter.packet</name>
    <message>
        <source>Filter by the packet of this call</source>
        <translation>Filtra per il pacchetto di questa chiamata</translation>
    </message>
</context>
<context>
    <name>find.next</name>
    <message>
        <source>Next match</source>
        <translation>Risultato seguente</translation>
    </message>
</context>
<context>
    <name>find.open</name>
    <message>
        <source>Find function, packet, flow or text</source>
        <translation>Trova funzione, pacchetto, flusso o testo</translation>
    </message>
</context>
<context>
    <name>find.previous</name>
    <message>
        <source>Previous match</source>
        <translation>Risultato precedente</translation>
    </message>
</context>
<context>
    <name>gate.ask</name>
    <message>
        <source>Predict the next step</source>
        <translation>Prevedi il prossimo passo</translation>
    </message>
</context>
<context>
    <name>gate.ask.freer</name>
    <message>
        <source>Predict: who frees the packet?</source>
        <translation>Previsione: chi libera il pacchetto?</translation>
    </message>
</context>
<context>
    <name>gate.ask.function</name>
    <message>
        <source>Predict: which function is next?</source>
        <translation>Previsione: quale funzione segue?</translation>
    </message>
</context>
<context>
    <name>gate.ask.outcome</name>
    <message>
        <source>Predict: dropped or delivered?</source>
        <translation>Previsione: scartato o consegnato?</translation>
    </message>
</context>
<context>
    <name>gate.ask.pointer</name>
    <message>
        <source>Predict: which pointer moves?</source>
        <translation>Previsione: quale puntatore si sposta?</translation>
    </message>
</context>
<context>
    <name>gate.ask.queue</name>
    <message>
        <source>Predict: which queue?</source>
        <translation>Previsione: quale coda?</translation>
    </message>
</context>
<context>
    <name>gate.ask.runner</name>
    <message>
        <source>Predict: who runs what comes next?</source>
        <translation>Previsione: chi esegue ciò che segue?</translation>
    </message>
</context>
<context>
    <name>help.keys</name>
    <message>
        <source>All keys</source>
        <translation>Tutti i tasti</translation>
    </message>
</context>
<context>
    <name>lesson.ask</name>
    <message>
        <source>Lesson: its question</source>
        <translation>Lezione: la sua domanda</translation>
    </message>
</context>
<context>
    <name>lesson.leave</name>
    <message>
        <source>Leave the lesson</source>
        <translation>Lascia la lezione</translation>
    </message>
</context>
<context>
    <name>lesson.next</name>
    <message>
        <source>Lesson: go on</source>
        <translation>Lezione: avanti</translation>
    </message>
</context>
<context>
    <name>lesson.open</name>
    <message>
        <source>Lessons ...</source>
        <translation>Lezioni ...</translation>
    </message>
</context>
<context>
    <name>lesson.previous</name>
    <message>
        <source>Lesson: one part back</source>
        <translation>Lezione: una parte indietro</translation>
    </message>
</context>
<context>
    <name>lesson.return</name>
    <message>
        <source>Lesson: back to its place</source>
        <translation>Lezione: torna al suo posto</translation>
    </message>
</context>
<context>
    <name>link.letGo</name>
    <message>
        <source>Let go of what is pinned, then of the filter</source>
        <translation>Lascia ciò che è fissato, poi il filtro</translation>
    </message>
</context>
<context>
    <name>live.follow</name>
    <message>
        <source>Follow the newest call, or stay here</source>
        <translation>Segui la chiamata più recente, o resta qui</translation>
    </message>
</context>
<context>
    <name>live.open</name>
    <message>
        <source>Watch a real kernel ...</source>
        <translation>Osserva un kernel reale ...</translation>
    </message>
</context>
<context>
    <name>live.stop</name>
    <message>
        <source>End the watch, keep what came</source>
        <translation>Termina l&apos;osservazione, tieni ciò che è arrivato</translation>
    </message>
</context>
<context>
    <name>look.down</name>
    <message>
        <source>Look down in this pane</source>
        <translation>Guarda in basso in questo riquadro</translation>
    </message>
</context>
<context>
    <name>look.left</name>
    <message>
        <source>Look left in this pane</source>
        <translation>Guarda a sinistra in questo riquadro</translation>
    </message>
</context>
<context>
    <name>look.pin</name>
    <message>
        <source>Pin it, stay here</source>
        <translation>Fissalo, resta qui</translation>
    </message>
</context>
<context>
    <name>look.press</name>
    <message>
        <source>Go to it, or pin it</source>
        <translation>Vacci, o fissalo</translation>
    </message>
</context>
<context>
    <name>look.right</name>
    <message>
        <source>Look right in this pane</source>
        <translation>Guarda a destra in questo riquadro</translation>
    </message>
</context>
<context>
    <name>look.up</name>
    <message>
        <source>Look up in this pane</source>
        <translation>Guarda in alto in questo riquadro</translation>
    </message>
</context>
<context>
    <name>map.in</name>
    <message>
        <source>Map: go nearer (way, one layer)</source>
        <translation>Mappa: avvicinati (via, un livello)</translation>
    </message>
</context>
<context>
    <name>map.out</name>
    <message>
        <source>Map: see more of it (way, all hosts)</source>
        <translation>Mappa: vedine di più (via, tutti gli host)</translation>
    </message>
</context>
<context>
    <name>mark.a</name>
    <message>
        <source>Set mark A here</source>
        <translation>Metti qui il segno A</translation>
    </message>
</context>
<context>
    <name>mark.b</name>
    <message>
        <source>Set mark B here</source>
        <translation>Metti qui il segno B</translation>
    </message>
</context>
<context>
    <name>mark.clear</name>
    <message>
        <source>Remove marks A and B</source>
        <translation>Togli i segni A e B</translation>
    </message>
</context>
<context>
    <name>mark.go.a</name>
    <message>
        <source>Go to mark A</source>
        <translation>Vai al segno A</translation>
    </message>
</context>
<context>
    <name>mark.go.b</name>
    <message>
        <source>Go to mark B</source>
        <translation>Vai al segno B</translation>
    </message>
</context>
<context>
    <name>palette.open</name>
    <message>
        <source>Find or run ...</source>
        <translation>Trova o esegui ...</translation>
    </message>
</context>
<context>
    <name>pane.next</name>
    <message>
        <source>Next pane</source>
        <translation>Riquadro seguente</translation>
    </message>
</context>
<context>
    <name>pane.previous</name>
    <message>
        <source>Previous pane</source>
        <translation>Riquadro precedente</translation>
    </message>
</context>
<context>
    <name>pane.show.bytes</name>
    <message>
        <source>Show the bytes</source>
        <translation>Mostra i byte</translation>
    </message>
</context>
<context>
    <name>pane.show.calls</name>
    <message>
        <source>Show the calls</source>
        <translation>Mostra le chiamate</translation>
    </message>
</context>
<context>
    <name>pane.show.card</name>
    <message>
        <source>Show the function card</source>
        <translation>Mostra la scheda della funzione</translation>
    </message>
</context>
<context>
    <name>pane.show.memory</name>
    <message>
        <source>Show the sk_buff</source>
        <translation>Mostra l&apos;sk_buff</translation>
    </message>
</context>
<context>
    <name>pane.show.source</name>
    <message>
        <source>Show the source</source>
        <translation>Mostra il sorgente</translation>
    </message>
</context>
<context>
    <name>pane.show.stack</name>
    <message>
        <source>Show the stack</source>
        <translation>Mostra la pila</translation>
    </message>
</context>
<context>
    <name>play.faster</name>
    <message>
        <source>Play faster</source>
        <translation>Riproduci più veloce</translation>
    </message>
</context>
<context>
    <name>play.slower</name>
    <message>
        <source>Play slower</source>
        <translation>Riproduci più lento</translation>
    </message>
</context>
<context>
    <name>play.toggle</name>
    <message>
        <source>Play or pause</source>
        <translation>Riproduci o metti in pausa</translation>
    </message>
</context>
<context>
    <name>present.blank</name>
    <message>
        <source>Black screen (also B)</source>
        <translation>Schermo nero (anche B)</translation>
    </message>
</context>
<context>
    <name>present.left</name>
    <message>
        <source>Choose the left pane ...</source>
        <translation>Scegli il riquadro a sinistra ...</translation>
    </message>
</context>
<context>
    <name>present.right</name>
    <message>
        <source>Choose the right pane ...</source>
        <translation>Scegli il riquadro a destra ...</translation>
    </message>
</context>
<context>
    <name>present.show</name>
    <message>
        <source>Show it again (any key)</source>
        <translation>Mostra di nuovo (un tasto qualsiasi)</translation>
    </message>
</context>
<context>
    <name>present.toggle</name>
    <message>
        <source>Present, or leave it</source>
        <translation>Presenta, o esci</translation>
    </message>
</context>
<context>
    <name>present.white</name>
    <message>
        <source>White screen (W, comma)</source>
        <translation>Schermo bianco (W, virgola)</translation>
    </message>
</context>
<context>
    <name>run.again</name>
    <message>
        <source>Run again what was run last</source>
        <translation>Esegui di nuovo l&apos;ultima esecuzione</translation>
    </message>
</context>
<context>
    <name>run.back</name>
    <message>
        <source>Run back to a breakpoint or watch</source>
        <translation>Torna a un punto di arresto o a un&apos;osservazione</translation>
    </message>
</context>
<context>
    <name>run.back.drop</name>
    <message>
        <source>Run back to a drop</source>
        <translation>Torna a uno scarto (drop)</translation>
    </message>
</context>
<context>
    <name>run.back.function</name>
    <message>
        <source>Run back to a function ...</source>
        <translation>Torna a una funzione ...</translation>
    </message>
</context>
<context>
    <name>run.back.queue</name>
    <message>
        <source>Run back to a queue operation</source>
        <translation>Torna a un&apos;operazione su una coda</translation>
    </message>
</context>
<context>
    <name>run.cancel</name>
    <message>
        <source>Cancel the run</source>
        <translation>Annulla l&apos;esecuzione</translation>
    </message>
</context>
<context>
    <name>run.drop</name>
    <message>
        <source>Run to the next drop</source>
        <translation>Vai al prossimo scarto (drop)</translation>
    </message>
</context>
<context>
    <name>run.function</name>
    <message>
        <source>Run to a function ...</source>
        <translation>Vai a una funzione ...</translation>
    </message>
</context>
<context>
    <name>run.next</name>
    <message>
        <source>Run to the next breakpoint or watch</source>
        <translation>Vai al prossimo punto di arresto o osservazione</translation>
    </message>
</context>
<context>
    <name>run.open</name>
    <message>
        <source>Run a scenario ...</source>
        <translation>Esegui uno scenario ...</translation>
    </message>
</context>
<context>
    <name>run.queue</name>
    <message>
        <source>Run to the next queue operation</source>
        <translation>Vai alla prossima operazione su una coda</translation>
    </message>
</context>
<context>
    <name>scenario.choose</name>
    <message>
        <source>Choose a scenario</source>
        <translation>Scegli uno scenario</translation>
    </message>
</context>
<context>
    <name>scenario.rerun</name>
    <message>
        <source>Run the scenario again</source>
        <translation>Esegui di nuovo lo scenario</translation>
    </message>
</context>
<context>
    <name>side.toggle</name>
    <message>
        <source>Show the other side&apos;s state: model or kernel</source>
        <translation>Mostra lo stato dell&apos;altro lato: modello o kernel</translation>
    </message>
</context>
<context>
    <name>step.back.into</name>
    <message>
        <source>Step back into</source>
        <translation>Passo indietro dentro</translation>
    </message>
</context>
<context>
    <name>step.back.out</name>
    <message>
        <source>Step back out</source>
        <translation>Passo indietro fuori</translation>
    </message>
</context>
<context>
    <name>step.back.over</name>
    <message>
        <source>Step back over</source>
        <translation>Passo indietro oltre</translation>
    </message>
</context>
<context>
    <name>step.first</name>
    <message>
        <source>First step</source>
        <translation>Primo passo</translation>
    </message>
</context>
<context>
    <name>step.into</name>
    <message>
        <source>Step into</source>
        <translation>Passo dentro</translation>
    </message>
</context>
<context>
    <name>step.last</name>
    <message>
        <source>Last step</source>
        <translation>Ultimo passo</translation>
    </message>
</context>
<context>
    <name>step.out</name>
    <message>
        <source>Step out</source>
        <translation>Passo fuori</translation>
    </message>
</context>
<context>
    <name>step.over</name>
    <message>
        <source>Step over</source>
        <translation>Passo oltre</translation>
    </message>
</context>
<context>
    <name>trace.close</name>
    <message>
        <source>Close this trace</source>
        <translation>Chiudi questa traccia</translation>
    </message>
</context>
<context>
    <name>trace.compare</name>
    <message>
        <source>Compare two traces ...</source>
        <translation>Confronta due tracce ...</translation>
    </message>
</context>
<context>
    <name>trace.list</name>
    <message>
        <source>Open traces ...</source>
        <translation>Tracce aperte ...</translation>
    </message>
</context>
<context>
    <name>trace.next</name>
    <message>
        <source>Next open trace</source>
        <translation>Traccia aperta seguente</translation>
    </message>
</context>
<context>
    <name>trace.open</name>
    <message>
        <source>Open a trace file ...</source>
        <translation>Apri un file di traccia ...</translation>
    </message>
</context>
<context>
    <name>trace.previous</name>
    <message>
        <source>Previous open trace</source>
        <translation>Traccia aperta precedente</translation>
    </message>
</context>
<context>
    <name>trace.recent</name>
    <message>
        <source>Recent files ...</source>
        <translation>File recenti ...</translation>
    </message>
</context>
<context>
    <name>trace.save</name>
    <message>
        <source>Save this trace as ...</source>
        <translation>Salva questa traccia come ...</translation>
    </message>
</context>
<context>
    <name>view.contrast</name>
    <message>
        <source>High contrast</source>
        <translation>Contrasto elevato</translation>
    </message>
</context>
<context>
    <name>view.language</name>
    <message>
        <source>Language ...</source>
        <translation>Lingua ...</translation>
    </message>
</context>
<context>
    <name>view.motion</name>
    <message>
        <source>Animations on or off</source>
        <translation>Animazioni attive o no</translation>
    </message>
</context>
<context>
    <name>view.theme</name>
    <message>
        <source>Light or dark</source>
        <translation>Chiaro o scuro</translation>
    </message>
</context>
<context>
    <name>view.zoom.in</name>
    <message>
        <source>Larger</source>
        <translation>Più grande</translation>
    </message>
</context>
<context>
    <name>view.zoom.out</name>
    <message>
        <source>Smaller</source>
        <translation>Più piccolo</translation>
    </message>
</context>
<context>
    <name>view.zoom.reset</name>
    <message>
        <source>Normal size</source>
        <translation>Dimensione normale</translation>
    </message>
</context>
<context>
    <name>watch.field</name>
    <message>
        <source>Watch a field of the sk_buff ...</source>
        <translation>Osserva un campo dello sk_buff ...</translation>
    </message>
</context>
<context>
    <name>whatif.choose</name>
    <message>
        <source>Change one setting, run again ...</source>
        <translation>Cambia un&apos;impostazione, esegui di nuovo ...</translation>
    </message>
</context>
<context>
    <name>whatif.undo</name>
    <message>
        <source>Undo the change: the first run</source>
        <translation>Annulla la modifica: la prima esecuzione</translation>
    </message>
</context>
</TS>
